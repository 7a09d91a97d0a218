import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { keepField, keptSince, lockField, standingSunsets } from '@fieldback/db/waste/sunset.repo'
import { addDays } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import { KEPT_DAYS } from '@fieldback/domain/waste/sunset'
import { requireField, retire } from '../field/publish.ts'

/**
 * A question that was to be retired stays; one that was not is left as it is. CHANGED_MEANWHILE when somebody, or its
 * last day, retired it since the audit was read.
 */
export async function keep(sdb: ScopedDb, fieldId: string, newId: () => string): Promise<void> {
  await lockField(sdb, fieldId)
  const { definition } = await requireField(sdb, fieldId)
  if (definition.retired) throw new FieldbackError('CHANGED_MEANWHILE')
  if (!(await keepField(sdb, fieldId))) return
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.keep',
    subjectId: fieldId,
    detail: { key: definition.key, territoryId: definition.territoryId },
  })
}

/** Retires a question that the audit proposed to. CHANGED_MEANWHILE when its owner has kept it since the audit was read. */
export async function retireProposed(
  sdb: ScopedDb,
  fieldId: string,
  runtime: Parameters<typeof retire>[2],
): Promise<void> {
  await lockField(sdb, fieldId)
  await requireField(sdb, fieldId)
  const kept = await keptSince(sdb, [fieldId], addDays(sdb.scope.day, -KEPT_DAYS))
  const standing = await standingSunsets(sdb, [fieldId])
  if (kept.has(fieldId) && !standing.has(fieldId)) throw new FieldbackError('CHANGED_MEANWHILE')
  await retire(sdb, fieldId, runtime)
}
