import { PeopleScreen } from '../../../features/access/people-screen.tsx'
import { titled } from '../../../server/titled.ts'

type Params = { searchParams: Promise<{ q?: string | string[] }> }

export const generateMetadata = titled('people.page')

export default async function Page({ searchParams }: Params) {
  const { q } = await searchParams
  return <PeopleScreen search={typeof q === 'string' ? q.slice(0, 100) : ''} />
}
