import type { OrgTx } from '../client.ts'
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
export const writeAudits = ({ tx, scope }: ScopedDb, entries: readonly AuditEntry[]): Promise<void> =>
  insert(tx, scope.orgId, scope.membershipId, entries)

/** Of what a job did by itself, in nobody's name. */
export const unsafeWriteAudits = (tx: OrgTx, orgId: string, entries: readonly AuditEntry[]): Promise<void> =>
  insert(tx, orgId, null, entries)

async function insert(
  tx: OrgTx,
  orgId: string,
  membershipId: string | null,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return
  await tx.$executeRaw`
    INSERT INTO audit_event (org_id, id, membership_id, action, subject_id, detail)
    SELECT ${orgId}::uuid, x.id, ${membershipId}::uuid, x.action, x."subjectId", x.detail
      FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS x (id uuid, action text, "subjectId" uuid, detail jsonb)`
}
