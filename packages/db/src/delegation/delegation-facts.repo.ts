import type { DatedDelegation, DelegationFacts } from '@fieldback/domain/access/delegation'
import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { DatedGrant } from '@fieldback/domain/access/scope'
import type { OrgSql } from '../org-sql.ts'

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

type HeldRow = Omit<DatedGrant, 'role'> & { readonly role: string; readonly membershipId: string }

/**
 * All that decides what was handed on to some members: delegations to them, those that their givers rest on in turn, and
 * the roles of everybody among them whose access was not ended. Whatever their dates; what was taken back is left out.
 */
export async function delegationFacts(
  tx: OrgSql,
  orgId: string,
  receiverIds: readonly string[],
): Promise<DelegationFacts> {
  const rows = await tx.$queryRaw<{ delegations: DatedDelegation[] | null; held: HeldRow[] | null }[]>`
    WITH RECURSIVE chain AS (
      SELECT d.id, d.giver_id, d.receiver_id, d.territory_id, d.valid_from, d.valid_to FROM delegation d
       WHERE d.org_id = ${orgId}::uuid AND d.receiver_id = ANY (${[...receiverIds]}::uuid[]) AND d.taken_back_at IS NULL
      UNION
      SELECT d.id, d.giver_id, d.receiver_id, d.territory_id, d.valid_from, d.valid_to
        FROM chain c JOIN delegation d ON d.org_id = ${orgId}::uuid AND d.receiver_id = c.giver_id AND d.taken_back_at IS NULL),
    people AS (
      SELECT giver_id AS id FROM chain UNION SELECT receiver_id FROM chain UNION SELECT unnest(${[...receiverIds]}::uuid[]))
    SELECT (SELECT json_agg(json_build_object('id', c.id, 'giverId', c.giver_id, 'receiverId', c.receiver_id, 'path', t.path,
                     'validFrom', c.valid_from, 'validTo', c.valid_to) ORDER BY c.id)
              FROM chain c JOIN territory t ON t.org_id = ${orgId}::uuid AND t.id = c.territory_id) AS delegations,
           (SELECT json_agg(json_build_object('membershipId', a.membership_id, 'assignmentId', a.id, 'role', a.role,
                     'territoryId', a.territory_id, 'path', t.path, 'validFrom', a.valid_from, 'validTo', a.valid_to) ORDER BY a.id)
              FROM people p
              JOIN membership m ON m.org_id = ${orgId}::uuid AND m.id = p.id AND m.revoked_at IS NULL
              JOIN assignment a ON a.org_id = ${orgId}::uuid AND a.membership_id = m.id
              JOIN territory t ON t.org_id = ${orgId}::uuid AND t.id = a.territory_id) AS held`
  const held = new Map<string, DatedGrant[]>()
  for (const { membershipId, role, ...grant } of rows[0]?.held ?? []) {
    if (isRole(role)) held.set(membershipId, [...(held.get(membershipId) ?? []), { ...grant, role }])
  }
  return { delegations: rows[0]?.delegations ?? [], held }
}
