import { redirect } from 'next/navigation'
import { ChooseScreen } from '../../../features/access/choose-screen.tsx'
import { organisationsOf } from '../../../server/organisations.ts'
import { readPerson } from '../../../server/session.ts'
import { titled } from '../../../server/titled.ts'

export const generateMetadata = titled('choose.title')

export default async function Page() {
  const personId = await readPerson()
  if (!personId) redirect('/signin')
  return <ChooseScreen choices={await organisationsOf(personId)} />
}
