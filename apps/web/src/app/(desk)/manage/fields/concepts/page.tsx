import { redirect } from 'next/navigation'
import { ConceptListScreen } from '../../../../../features/concept/concept-list-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/fields/concepts?at=${await findTop()}`)
  return <ConceptListScreen key={at} territory={await findPlace(at)} />
}
