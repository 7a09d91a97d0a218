import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { keepField } from '@fieldback/db/waste/sunset.repo'
import { requireField } from '../field/publish.ts'

/** A question that was to be retired stays; one that was not is left as it is. */
export async function keep(sdb: ScopedDb, fieldId: string, newId: () => string): Promise<void> {
  const { definition } = await requireField(sdb, fieldId)
  if (!(await keepField(sdb, fieldId))) return
  await writeAudit(sdb, {
    id: newId(),
    action: 'field.keep',
    subjectId: fieldId,
    detail: { key: definition.key, territoryId: definition.territoryId },
  })
}
