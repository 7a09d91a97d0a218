import { redirect } from 'next/navigation'
import { ListScreen } from '../../../../../../features/list/list-screen.tsx'
import { findPlace, findTop } from '../../../../../../server/place.ts'

type Props = { params: Promise<{ listId: string }>; searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ params, searchParams }: Props) {
  const { listId } = await params
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/fields/lists/${listId}?at=${await findTop()}`)
  return <ListScreen key={`${at}:${listId}`} territory={await findPlace(at)} listId={listId} />
}
