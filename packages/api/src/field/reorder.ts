import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { definitionsOf, lockPublications, publishVersion } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { orderChange } from '@fieldback/domain/audit/changes'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldEntity } from '@fieldback/domain/field/field-spec'
import { inOrder, type Ranked } from '@fieldback/domain/field/question-order'
import { reorder } from '@fieldback/domain/field/reorder'
import { refuseChanged } from '../meanwhile.ts'
import { ownersSpec } from './publish.ts'

export type ReorderRequest = {
  readonly territoryId: string
  readonly entity: FieldEntity
  /** Ids of all questions of the territory, in the order wanted. */
  readonly order: readonly string[]
  /** The order that was seen. */
  readonly known?: readonly string[] | undefined
}

/**
 * Puts the questions that a territory owns in an order; those whose position must change get a new version. Its only
 * change is the order, so its return is not judged again: the question is asked already, and a refusal would not end that.
 * CONFLICT when `order` does not name the questions of the territory, CHANGED_MEANWHILE. Answers the order before, to undo.
 */
export async function reorderFields(
  sdb: ScopedDb,
  { territoryId, entity, order, known }: ReorderRequest,
  newId: () => string,
): Promise<{ readonly previous: readonly string[]; readonly versions: number }> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  await lockPublications(sdb)
  const own = (await definitionsOf(sdb, [territory.id])).filter((field) => field.entity === entity)
  const byId = new Map(own.map((field) => [field.id, field]))
  const before = inOrder(own.map(rankOf)).map(({ id }) => id)
  if (order.join() !== before.join()) refuseChanged(known, before)
  const wanted = order.flatMap((id) => byId.get(id) ?? [])
  if (wanted.length !== own.length || new Set(order).size !== own.length)
    throw new FieldbackError('CONFLICT', { what: 'field' })
  const changed = reorder(wanted.map(rankOf))
  for (const { id, position } of changed) {
    const field = byId.get(id)
    const spec = ownersSpec(field ?? null)
    if (field && spec)
      await publishVersion(sdb, { fieldId: id, version: field.version + 1, spec: { ...spec, position } })
  }
  if (changed.length > 0) await note(sdb, newId(), { territoryId, entity, before, order, byId, changed })
  return { previous: before, versions: changed.length }
}

const rankOf = ({ id, spec }: FieldDefinition): Ranked => ({ id, position: spec.position })

type Noted = Pick<ReorderRequest, 'territoryId' | 'entity' | 'order'> & {
  readonly before: readonly string[]
  readonly byId: ReadonlyMap<string, FieldDefinition>
  readonly changed: readonly Ranked[]
}

function note(
  sdb: ScopedDb,
  id: string,
  { territoryId, entity, order, before, byId, changed }: Noted,
): Promise<void> {
  const labels = (ids: readonly string[]) => ids.flatMap((one) => byId.get(one)?.spec.label ?? [])
  const moved = changed.map(({ id: fieldId, position }) => ({
    fieldId,
    from: byId.get(fieldId)?.spec.position ?? 0,
    to: position,
  }))
  const changes = orderChange(labels(before), labels(order))
  return writeAudit(sdb, {
    id,
    action: 'field.reorder',
    subjectId: territoryId,
    detail: { entity, moved, changes },
  })
}
