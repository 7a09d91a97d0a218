import { redirect } from 'next/navigation'
import { ContestsAround, ContestsToAnswer } from '../../../../../features/contest/contest-section.tsx'
import { ReceivedNotice } from '../../../../../features/delegation/received-notice.tsx'
import { FieldListScreen } from '../../../../../features/field/field-list-screen.tsx'
import { caller } from '../../../../../server/caller.ts'
import { findPlace, findTop } from '../../../../../server/place.ts'

type Props = { searchParams: Promise<{ at?: string | string[] }> }

export default async function Page({ searchParams }: Props) {
  const { at } = await searchParams
  if (typeof at !== 'string') redirect(`/manage/fields?at=${await findTop()}`)
  const territory = await findPlace(at)
  const initial = await (await caller()).field.list({ territoryId: at }).catch(() => undefined)
  return (
    <>
      <ReceivedNotice at={at} />
      <FieldListScreen key={at} territory={territory} initial={initial}>
        <ContestsToAnswer territoryId={at} />
      </FieldListScreen>
      <ContestsAround key={`around-${at}`} territoryId={at} />
    </>
  )
}
