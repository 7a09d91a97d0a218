import { membershipsOf } from '@fieldback/db/identity/identity.repo'
import { redirect } from 'next/navigation'
import { ChooseScreen } from '../../../features/access/choose-screen.tsx'
import { container } from '../../../server/container.ts'
import { readPerson } from '../../../server/session.ts'
import { titled } from '../../../server/titled.ts'

export const generateMetadata = titled('choose.title')

export default async function Page() {
  const personId = await readPerson()
  if (!personId) redirect('/signin')
  return <ChooseScreen choices={await membershipsOf(container().deps.db, personId)} />
}
