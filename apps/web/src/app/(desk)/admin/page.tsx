import { getTranslations } from 'next-intl/server'
import { PeopleScreen } from '../../../features/access/people-screen.tsx'

export async function generateMetadata() {
  const text = await getTranslations('accessDesk')
  return { title: text('people.page') }
}

export default function Page() {
  return <PeopleScreen />
}
