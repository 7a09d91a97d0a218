import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type OrgDay, type ScopedDb, type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'

/** One assignment with its place; days are YYYY-MM-DD, both inclusive. */
export type AssignmentRow = {
  readonly id: string
  readonly membershipId: string
  readonly displayName: string
  readonly role: Role
  readonly territoryId: string
  readonly territoryName: string
  readonly rank: Rank
  readonly path: Path
  readonly validFrom: string
  readonly validTo: string | null
  /** Held in the place of somebody who is away. */
  readonly replacementId: string | null
  readonly absentName: string | null
}

const ASSIGNMENT_JSON = Prisma.sql`json_build_object('id', a.id, 'membershipId', a.membership_id, 'displayName', m.display_name,
  'role', a.role, 'territoryId', a.territory_id, 'territoryName', t.name, 'rank', t.rank, 'path', t.path,
  'validFrom', a.valid_from, 'validTo', a.valid_to, 'replacementId', a.replacement_id,
  'absentName', (SELECT g.display_name FROM replacement p JOIN membership g ON g.org_id = p.org_id AND g.id = p.absent_id
                  WHERE p.org_id = a.org_id AND p.id = a.replacement_id))`

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

/** Assignments of a branch that hold on the reader's day, or later: who is there and who is coming, by place and name. */
export async function assignmentsOf(
  { tx, scope }: OrgDay,
  branch: Path,
  limit: number,
): Promise<AssignmentRow[]> {
  const rows = await tx.$queryRaw<{ row: AssignmentRow }[]>`
    SELECT ${ASSIGNMENT_JSON} AS row
      FROM territory t
      JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id
       AND (a.valid_to IS NULL OR (a.valid_to >= ${scope.day}::date AND a.valid_to >= a.valid_from))
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = a.membership_id AND m.revoked_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY t.path, m.display_name, a.id
     LIMIT ${limit}`
  return rows.map(({ row }) => row).filter((row) => isRole(row.role))
}

/** Assignments of a branch that ended before the reader's day, the last ended first. */
export async function endedAssignments(
  { tx, scope }: ScopedDb,
  branch: Path,
  limit: number,
): Promise<AssignmentRow[]> {
  const rows = await tx.$queryRaw<{ row: AssignmentRow }[]>`
    SELECT ${ASSIGNMENT_JSON} AS row
      FROM territory t
      JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id
       AND a.valid_to < ${scope.day}::date AND a.valid_to >= a.valid_from
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = a.membership_id
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY a.valid_to DESC, a.id
     LIMIT ${limit}`
  return rows.map(({ row }) => row).filter((row) => isRole(row.role))
}

/** What somebody holds, held and will hold in the reader's branches, the last begun first. */
export async function assignmentsOfPerson(
  sdb: ScopedDb,
  membershipId: string,
  limit: number,
): Promise<AssignmentRow[]> {
  const { tx, scope } = sdb
  const rows = await tx.$queryRaw<{ row: AssignmentRow }[]>`
    SELECT ${ASSIGNMENT_JSON} AS row
      FROM assignment a
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = a.membership_id
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
       AND ${withinBranches(sdb, 'assignment.grant', Prisma.sql`t.path`)}
     WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = ${membershipId}::uuid
       AND (a.valid_to IS NULL OR a.valid_to >= a.valid_from)
     ORDER BY a.valid_from DESC, a.id
     LIMIT ${limit}`
  return rows.map(({ row }) => row).filter((row) => isRole(row.role))
}

/** Who holds a place or lies below it today with one of the roles; one row per person and place. */
export type Holder = {
  readonly membershipId: string
  readonly displayName: string
  readonly path: Path
}

export async function holdersOf(
  { tx, scope }: ScopedSql,
  branch: Path,
  roles: readonly Role[],
): Promise<Holder[]> {
  return tx.$queryRaw<Holder[]>`
    SELECT a.membership_id AS "membershipId", m.display_name AS "displayName", t.path
      FROM territory t
      JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.role = ANY (${[...roles]}::text[])
       AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = a.membership_id AND m.revoked_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY m.display_name, a.membership_id`
}

/** Somebody who may be given a place: already in one of the reader's branches, or nowhere yet. */
export type Candidate = {
  readonly membershipId: string
  readonly displayName: string
  /** Names of the places held today in the reader's branches. */
  readonly places: readonly string[]
}

/** People the reader may assign: those of the branches where he may grant, and members who hold nothing yet. */
export async function assignablePeople(
  sdb: ScopedDb,
  only: { readonly membershipId: string } | null = null,
): Promise<Candidate[]> {
  const { tx, scope } = sdb
  const one = only ? Prisma.sql`AND m.id = ${only.membershipId}::uuid` : Prisma.empty
  return tx.$queryRaw<Candidate[]>`
    SELECT m.id AS "membershipId", m.display_name AS "displayName",
           coalesce(array_agg(DISTINCT t.name) FILTER (WHERE h.here), '{}') AS places
      FROM membership m
      LEFT JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id
       AND (a.valid_to IS NULL OR (a.valid_to >= ${scope.day}::date AND a.valid_to >= a.valid_from))
      LEFT JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
      LEFT JOIN LATERAL (SELECT ${withinBranches(sdb, 'assignment.grant', Prisma.sql`t.path`)} AS here) h ON true
     WHERE m.org_id = ${scope.orgId}::uuid AND m.revoked_at IS NULL ${one}
     GROUP BY m.id, m.display_name
    HAVING count(a.id) = 0 OR bool_or(h.here)
     ORDER BY m.display_name, m.id
     LIMIT 2000`
}

/** An assignment locked for a change. NOT_FOUND when the organisation has none of this id. */
export async function lockAssignment({ tx, scope }: ScopedDb, id: string): Promise<AssignmentRow> {
  const rows = await tx.$queryRaw<{ row: AssignmentRow }[]>`
    SELECT ${ASSIGNMENT_JSON} AS row FROM assignment a
      JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id
      JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.id = ${id}::uuid
       FOR NO KEY UPDATE OF a`
  const row = rows[0]?.row
  if (!row) throw new FieldbackError('NOT_FOUND', { what: 'assignment' })
  return row
}

export type NewAssignment = Pick<
  AssignmentRow,
  'id' | 'membershipId' | 'territoryId' | 'role' | 'validFrom' | 'validTo'
>

/**
 * Gives a place to somebody. ASSIGNMENT_EXISTS when he holds the same role there on one of these days, CONFLICT for an id
 * that is taken. The member stays locked, so that two managers who do it at once make one assignment.
 */
export async function insertAssignment({ tx, scope }: ScopedDb, row: NewAssignment): Promise<void> {
  await tx.$queryRaw`SELECT id FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ${row.membershipId}::uuid FOR NO KEY UPDATE`
  const same = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM assignment
     WHERE org_id = ${scope.orgId}::uuid AND membership_id = ${row.membershipId}::uuid AND territory_id = ${row.territoryId}::uuid
       AND role = ${row.role} AND replacement_id IS NULL AND (valid_to IS NULL OR valid_to >= ${row.validFrom}::date)
       AND (${row.validTo}::date IS NULL OR valid_from <= ${row.validTo}::date)`
  if (same.length > 0) throw new FieldbackError('ASSIGNMENT_EXISTS')
  const made = await tx.$executeRaw`
    INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from, valid_to, granted_by)
    VALUES (${scope.orgId}::uuid, ${row.id}::uuid, ${row.membershipId}::uuid, ${row.territoryId}::uuid, ${row.role},
            ${row.validFrom}::date, ${row.validTo}::date, ${scope.membershipId}::uuid)
    ON CONFLICT (org_id, id) DO NOTHING`
  // Drafts name the roles that they will give.
  if (made === 0) throw new FieldbackError('CONFLICT', { what: 'assignment' })
}

/** Ends an assignment, or lets it run on; whoever holds it in replacement does so as long as it lasts and no longer. */
export async function setLastDay({ tx, scope }: ScopedDb, id: string, lastDay: string | null): Promise<void> {
  await tx.$executeRaw`UPDATE assignment SET valid_to = ${lastDay}::date WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  await tx.$executeRaw`
    UPDATE assignment a SET valid_to = least(p.valid_to, ${lastDay}::date)
      FROM replacement p
     WHERE a.org_id = ${scope.orgId}::uuid AND a.replaces_id = ${id}::uuid AND p.org_id = a.org_id AND p.id = a.replacement_id`
}

/** Paths of the open territories among these ids. */
export async function openPaths({ tx, scope }: ScopedDb, ids: readonly string[]): Promise<Map<string, Path>> {
  const rows = await tx.$queryRaw<{ id: string; path: Path }[]>`
    SELECT id, path FROM territory
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND closed_at IS NULL`
  return new Map(rows.map(({ id, path }) => [id, path]))
}

/**
 * Gives places to members, all at once; those who hold the same role there on one of these days keep what they have.
 * Answers the ids that were written. Members stay locked until the transaction ends.
 */
export async function insertAssignments(
  { tx, scope }: ScopedDb,
  rows: readonly NewAssignment[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const members = [...new Set(rows.map((row) => row.membershipId))]
  await tx.$queryRaw`
    SELECT id FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${members}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
  const made = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from, valid_to, granted_by)
    SELECT ${scope.orgId}::uuid, x.id, x."membershipId", x."territoryId", x.role, x."validFrom", x."validTo", ${scope.membershipId}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS x (id uuid, "membershipId" uuid, "territoryId" uuid, role text, "validFrom" date, "validTo" date)
     WHERE NOT EXISTS (
       SELECT 1 FROM assignment a
        WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = x."membershipId" AND a.territory_id = x."territoryId"
          AND a.role = x.role AND a.replacement_id IS NULL AND (a.valid_to IS NULL OR a.valid_to >= x."validFrom")
          AND (x."validTo" IS NULL OR a.valid_from <= x."validTo"))
    RETURNING id`
  return new Set(made.map(({ id }) => id))
}
