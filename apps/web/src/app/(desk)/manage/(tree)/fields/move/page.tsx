import { redirect } from 'next/navigation'
import { MoveScreen } from '../../../../../../features/field/move-screen.tsx'
import { findPlace, findTop } from '../../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/fields/move?at=${await findTop()}`)
  return <MoveScreen key={at} territory={await findPlace(at)} />
}
