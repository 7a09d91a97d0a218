import { redirect } from 'next/navigation'
import { AssignmentSection } from '../../../../../../features/assignment/assignment-section.tsx'
import { DefinersSection } from '../../../../../../features/delegation/definers-section.tsx'
import { AskedSection } from '../../../../../../features/field/asked-section.tsx'
import { WaitingNotice } from '../../../../../../features/quarantine/waiting-notice.tsx'
import { TerritoryScreen } from '../../../../../../features/territory/territory-screen.tsx'
import { caller } from '../../../../../../server/caller.ts'
import { isClosed } from '../../../../../../server/place.ts'

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  // A refusal is said by the screen, which asks again.
  const { territory, quarantine } = await caller()
  const [initial, waiting] = await Promise.all([
    territory.get({ territoryId: id }).catch(() => undefined),
    quarantine.count({ territoryId: id }).catch(() => undefined),
  ])
  // A closed territory has no page; a kept address leads to the accounts that are still in it.
  if (!initial && (await isClosed(id).catch(() => false))) redirect(`/manage/accounts?at=${id}`)
  return (
    <TerritoryScreen
      key={id}
      territoryId={id}
      initial={initial}
      notice={<WaitingNotice territoryId={id} initial={waiting} />}
      people={<AssignmentSection territoryId={id} />}
    >
      <DefinersSection territoryId={id} />
      <AskedSection territoryId={id} />
    </TerritoryScreen>
  )
}
