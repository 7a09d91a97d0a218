import type { Role } from '@fieldback/domain/access/permissions'
import type { KnownMember } from '@fieldback/domain/import/plan-people'
import type { OrgTx } from '../client.ts'
import type { Work } from './work.repo.ts'

/** Members among some addresses, each with the roles that have not ended on `day` (YYYY-MM-DD). */
export async function membersByEmail(
  tx: OrgTx,
  orgId: string,
  emails: readonly string[],
  day: string,
): Promise<KnownMember[]> {
  const members = await tx.$queryRaw<{ email: string; membershipId: string; revoked: boolean }[]>`
    SELECT email, membership_id AS "membershipId", revoked FROM identity_members_by_email(${[...emails]}::text[])`
  const held = await tx.$queryRaw<{ membershipId: string; role: Role; territoryId: string }[]>`
    SELECT a.membership_id AS "membershipId", a.role, a.territory_id AS "territoryId" FROM assignment a
     WHERE a.org_id = ${orgId}::uuid AND a.membership_id = ANY (${members.map((member) => member.membershipId)}::uuid[])
       AND (a.valid_to IS NULL OR a.valid_to >= ${day}::date)`
  return members.map((member) => ({
    ...member,
    roles: held.filter(({ membershipId }) => membershipId === member.membershipId),
  }))
}

/** Members that an import made and who have not been invited yet, after one in the order of ids. */
export async function uninvited(
  tx: OrgTx,
  work: Work,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT m.id FROM import_line l JOIN membership m ON m.org_id = ${work.orgId}::uuid AND m.id = l.record_id
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND (l.effect ->> 'created')::boolean
       AND m.invited_at IS NULL AND m.revoked_at IS NULL AND (${after}::uuid IS NULL OR m.id > ${after}::uuid)
     ORDER BY m.id LIMIT ${limit}`
  return rows.map(({ id }) => id)
}

/**
 * Takes people back: members made by the import who never came in lose their access and their roles; a role given to a
 * member who was there ends yesterday. Answers the ids of those who have come in, who are left as they are.
 */
export async function takePeopleBack(
  tx: OrgTx,
  orgId: string,
  lines: readonly {
    readonly membershipId: string
    readonly created: boolean
    readonly assignmentId: string | null
  }[],
  day: string,
): Promise<Set<string>> {
  const made = lines.filter(({ created }) => created).map(({ membershipId }) => membershipId)
  const used = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d.membership_id AS id FROM device d
     WHERE d.org_id = ${orgId}::uuid AND d.membership_id = ANY (${made}::uuid[])`
  const kept = new Set(used.map(({ id }) => id))
  const leaving = made.filter((id) => !kept.has(id))
  await tx.$executeRaw`
    UPDATE membership SET revoked_at = coalesce(revoked_at, now()) WHERE org_id = ${orgId}::uuid AND id = ANY (${leaving}::uuid[])`
  const roles = lines.flatMap(({ membershipId, assignmentId }) =>
    assignmentId === null || kept.has(membershipId) ? [] : [assignmentId],
  )
  await tx.$executeRaw`
    UPDATE assignment SET valid_to = least(valid_from, ${day}::date) - 1
     WHERE org_id = ${orgId}::uuid AND id = ANY (${roles}::uuid[]) AND (valid_to IS NULL OR valid_to >= ${day}::date)`
  return kept
}
