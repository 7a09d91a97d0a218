import type { ScopedDb } from '../scoped-db.ts'

/** What somebody did; `action` is the procedure's name, `detail` holds ids, codes and names of places, no answer. */
export type AuditEntry = {
  readonly id: string
  readonly action: string
  readonly subjectId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

/** Writes one line of the journal in the transaction of what it tells. */
export async function writeAudit({ tx, scope }: ScopedDb, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_event (org_id, id, membership_id, action, subject_id, detail)
    VALUES (${scope.orgId}::uuid, ${entry.id}::uuid, ${scope.membershipId}::uuid, ${entry.action}, ${entry.subjectId}::uuid,
            ${JSON.stringify(entry.detail)}::jsonb)`
}
