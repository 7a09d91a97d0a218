import type { ScopedDb } from '@fieldback/db/scoped-db'
import { askReslots, type OwnedAt, setSlots, takenSlots } from '@fieldback/db/territory/move-branch.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { clashesOf, type Meets, otherSlots, toldClash } from '@fieldback/domain/territory/fields-meet'

/** Questions that come to a place, and those that are asked there: `id` names the change, `territoryId` where columns follow. */
export type Meeting = {
  readonly id: string
  readonly territoryId: string
  readonly own: readonly OwnedAt[]
  readonly near: readonly OwnedAt[]
  /** Which of them will be asked of the same accounts; all where it is not said. */
  readonly meets?: Meets<OwnedAt>
}

/**
 * Questions that meet are never twice the same, nor two in one column: some get another one, and the rows follow
 * afterwards. TERRITORY_FIELDS_MEET {key, place, territory}.
 */
export async function settleFields(sdb: ScopedDb, meetings: readonly Meeting[]): Promise<void> {
  if (meetings.every(({ own, near }) => own.length + near.length === 0)) return
  const taken = new Set((await takenSlots(sdb)).map(({ entity, slot }) => `${entity}:${slot}`))
  const runs = meetings.map(({ id, territoryId, own, near, meets }) => {
    const [clash] = clashesOf(own, near, meets)
    if (clash) throw new FieldbackError('TERRITORY_FIELDS_MEET', toldClash(clash))
    const changed = otherSlots(
      own.map(({ definition }) => definition),
      near.map(({ definition }) => definition),
      taken,
    )
    const entityOf = new Map(own.map(({ definition }) => [definition.id, definition.entity]))
    for (const { id: fieldId, slot } of changed) if (slot) taken.add(`${entityOf.get(fieldId)}:${slot}`)
    const asked = near.flatMap(({ definition }) => (definition.slot === null ? [] : [definition.id]))
    return { id, territoryId, changed, fieldIds: [...asked, ...changed.map((field) => field.id)] }
  })
  await setSlots(
    sdb,
    runs.flatMap(({ changed }) => changed),
  )
  await askReslots(sdb, runs)
}
