import type { Period } from '@fieldback/domain/access/administered-until'
import type { OrgTx } from '../client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Holds the organisation's row until the transaction ends: changes of who may enter come one after the other. */
export async function lockOrganisation({ tx, scope }: ScopedDb): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organisation WHERE id = ${scope.orgId}::uuid FOR UPDATE`
}

/**
 * When members who have come and may enter administer the whole organisation, from today on: whoever was invited and has
 * not come may never, his address may be wrong. `byPassword`: only those who have one, as nobody else could enter.
 */
export async function administratorPeriods(
  { tx, scope }: ScopedDb,
  { byPassword }: { byPassword: boolean },
): Promise<Period[]> {
  const rows = await tx.$queryRaw<{ row: Period & { membershipId: string } }[]>`
    SELECT json_build_object('membershipId', m.id, 'from', a.valid_from, 'to', a.valid_to) AS row
      FROM assignment a
      JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
      JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.role = 'administrator' AND t.parent_id IS NULL AND t.closed_at IS NULL
       AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date) AND m.revoked_at IS NULL AND NOT m.pending`
  if (!byPassword) return rows.map(({ row }) => row)
  const able = await withPassword(
    tx,
    rows.map(({ row }) => row.membershipId),
  )
  return rows.map(({ row }) => row).filter(({ membershipId }) => able.has(membershipId))
}

/** Which of these members of the organisation in context have a password. */
export async function withPassword(tx: OrgTx, membershipIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ membership_id: string }[]>`
    SELECT membership_id FROM identity_with_password(${[...membershipIds]}::uuid[])`
  return new Set(rows.map((row) => row.membership_id))
}

/** Path of the territory everything lies below; null in an organisation without any. */
export async function rootPath(tx: OrgTx, orgId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ path: string }[]>`
    SELECT path FROM territory WHERE org_id = ${orgId}::uuid AND parent_id IS NULL AND closed_at IS NULL LIMIT 1`
  return rows[0]?.path ?? null
}
