import type { ScopedDb } from '../scoped-db.ts'

/** What somebody did; `action` is the procedure's name, `detail` holds ids, codes and names of places, no answer. */
export type AuditEntry = {
  readonly id: string
  readonly action: string
  readonly subjectId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Writes one line of the journal in the transaction of what it tells. */
export const writeAudit = (sdb: ScopedDb, entry: AuditEntry): Promise<void> => writeAudits(sdb, [entry])

/** The same for several at once. */
export async function writeAudits({ tx, scope }: ScopedDb, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx.$executeRaw`
    INSERT INTO audit_event (org_id, id, membership_id, action, subject_id, detail)
    SELECT ${scope.orgId}::uuid, x.id, ${scope.membershipId}::uuid, x.action, x."subjectId", x.detail
      FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS x (id uuid, action text, "subjectId" uuid, detail jsonb)`
}
