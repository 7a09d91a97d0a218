import { redirect } from 'next/navigation'
import { ListsScreen } from '../../../../../features/list/lists-screen.tsx'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/fields/lists?at=${await findTop()}`)
  return <ListsScreen key={at} territory={await findPlace(at)} />
}
