import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { HeldPlace, Replacement, StandIn } from '@fieldback/domain/assignment/replacement'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedDb, type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'

/** A replacement with the names of both. */
export type ReplacementRow = Replacement & { readonly absentName: string; readonly substituteName: string }

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

const REPLACEMENT_JSON = Prisma.sql`json_build_object('id', p.id, 'absentId', p.absent_id, 'substituteId', p.substitute_id,
  'absentName', g.display_name, 'substituteName', s.display_name, 'validFrom', p.valid_from, 'validTo', p.valid_to)`
const named = (orgId: string) => Prisma.sql`
  JOIN membership g ON g.org_id = ${orgId}::uuid AND g.id = p.absent_id
  JOIN membership s ON s.org_id = ${orgId}::uuid AND s.id = p.substitute_id`

/** Makes two people wait, in the order of ids, so that replacements that exclude each other are not both made. */
export async function lockMembers({ tx, scope }: ScopedDb, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`
}

/** Replacements of or by one of these people that run on the reader's day or later. */
export async function replacementsAround(
  { tx, scope }: ScopedSql,
  memberIds: readonly string[],
): Promise<ReplacementRow[]> {
  const rows = await tx.$queryRaw<{ row: ReplacementRow }[]>`
    SELECT ${REPLACEMENT_JSON} AS row FROM replacement p ${named(scope.orgId)}
     WHERE p.org_id = ${scope.orgId}::uuid AND p.valid_to >= ${scope.day}::date AND p.valid_to >= p.valid_from
       AND (p.absent_id = ANY (${[...memberIds]}::uuid[]) OR p.substitute_id = ANY (${[...memberIds]}::uuid[]))
     ORDER BY p.valid_from, p.id`
  return rows.map(({ row }) => row)
}

/** Those of people who hold a place of a branch themselves, running or to come: at most `limit`. */
export async function replacementsIn(
  { tx, scope }: ScopedDb,
  branch: Path,
  limit: number,
): Promise<ReplacementRow[]> {
  const rows = await tx.$queryRaw<{ row: ReplacementRow }[]>`
    SELECT ${REPLACEMENT_JSON} AS row FROM replacement p ${named(scope.orgId)}
     WHERE p.org_id = ${scope.orgId}::uuid AND p.valid_to >= ${scope.day}::date AND p.valid_to >= p.valid_from
       AND EXISTS (SELECT 1 FROM assignment a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
                    WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = p.absent_id AND ${withinBranch(branch, Prisma.sql`t.path`)}
                      AND (a.valid_to IS NULL OR a.valid_to >= p.valid_from))
     ORDER BY p.valid_from, p.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** The open places of somebody on some of these days, in whatever branch. */
export async function placesHeld(
  { tx, scope }: ScopedDb,
  membershipId: string,
  { validFrom, validTo }: { readonly validFrom: string; readonly validTo: string },
): Promise<HeldPlace[]> {
  const rows = await tx.$queryRaw<{ row: Omit<HeldPlace, 'role'> & { role: string } }[]>`
    SELECT json_build_object('assignmentId', a.id, 'role', a.role, 'territoryId', a.territory_id, 'path', t.path,
             'validFrom', a.valid_from, 'validTo', a.valid_to, 'replacesId', a.replaces_id) AS row
      FROM assignment a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id AND t.closed_at IS NULL
     WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = ${membershipId}::uuid
       AND a.valid_from <= ${validTo}::date AND (a.valid_to IS NULL OR a.valid_to >= ${validFrom}::date)
     ORDER BY t.path, a.id`
  return rows.flatMap(({ row }) => (isRole(row.role) ? [{ ...row, role: row.role }] : []))
}

/** Somebody whose access is not ended and who holds a place in the reader's branches. */
export async function findInBranches(sdb: ScopedDb, membershipId: string): Promise<string | null> {
  const { tx, scope } = sdb
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT m.display_name AS name FROM membership m
     WHERE m.org_id = ${scope.orgId}::uuid AND m.id = ${membershipId}::uuid
       AND EXISTS (SELECT 1 FROM assignment a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
                    WHERE a.org_id = ${scope.orgId}::uuid AND a.membership_id = m.id
                      AND ${withinBranches(sdb, 'assignment.grant', Prisma.sql`t.path`)})`
  return rows[0]?.name ?? null
}

export type ReplacedPlace = {
  readonly id: string
  readonly replacesId: string
  readonly territoryId: string
  readonly role: Role
  readonly validFrom: string
  readonly validTo: string
}

/** Writes a replacement and its places; where the substitute holds the same role by himself, that is left as it is. */
export async function insertReplacement(
  { tx, scope }: ScopedDb,
  row: Replacement,
  places: readonly ReplacedPlace[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO replacement (org_id, id, absent_id, substitute_id, valid_from, valid_to, created_by)
    VALUES (${scope.orgId}::uuid, ${row.id}::uuid, ${row.absentId}::uuid, ${row.substituteId}::uuid, ${row.validFrom}::date,
            ${row.validTo}::date, ${scope.membershipId}::uuid)`
  await tx.$executeRaw`
    INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from, valid_to, granted_by, replacement_id, replaces_id)
    SELECT ${scope.orgId}::uuid, x.id, ${row.substituteId}::uuid, x."territoryId", x.role, x."validFrom", x."validTo",
           ${scope.membershipId}::uuid, ${row.id}::uuid, x."replacesId"
      FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
        AS x (id uuid, "replacesId" uuid, "territoryId" uuid, role text, "validFrom" date, "validTo" date)`
}

/** A replacement locked for a change, with its places. NOT_FOUND. */
export async function lockReplacement(
  { tx, scope }: ScopedDb,
  id: string,
): Promise<{ readonly row: ReplacementRow; readonly places: readonly { role: Role; path: Path }[] }> {
  await tx.$queryRaw`SELECT id FROM replacement WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`
  const rows = await tx.$queryRaw<{ row: ReplacementRow; places: { role: Role; path: Path }[] }[]>`
    SELECT ${REPLACEMENT_JSON} AS row,
           (SELECT coalesce(json_agg(json_build_object('role', a.role, 'path', t.path)), '[]')
              FROM assignment a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
             WHERE a.org_id = ${scope.orgId}::uuid AND a.replacement_id = p.id) AS places
      FROM replacement p ${named(scope.orgId)}
     WHERE p.org_id = ${scope.orgId}::uuid AND p.id = ${id}::uuid`
  if (!rows[0]) throw new FieldbackError('NOT_FOUND', { what: 'replacement' })
  return rows[0]
}

/** Another last day, for the places too: none lasts longer than the one it stands for. */
export async function setReplacementEnd({ tx, scope }: ScopedDb, id: string, lastDay: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE replacement SET valid_to = ${lastDay}::date WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  await tx.$executeRaw`
    UPDATE assignment a SET valid_to = least(o.valid_to, ${lastDay}::date)
      FROM assignment o
     WHERE a.org_id = ${scope.orgId}::uuid AND a.replacement_id = ${id}::uuid AND o.org_id = a.org_id AND o.id = a.replaces_id`
}

/** When the author stood or stands in for those who hold some call-backs, where they are; no statement where all are his own. */
export async function standInsOf(
  sql: OrgSql,
  author: { readonly orgId: string; readonly membershipId: string },
  callbacks: readonly { readonly assigneeId: string; readonly accountId: string }[],
): Promise<StandIn[]> {
  const others = callbacks.filter(({ assigneeId }) => assigneeId !== author.membershipId)
  if (others.length === 0) return []
  const org = Prisma.sql`${author.orgId}::uuid`
  return sql.$queryRaw<StandIn[]>`
    SELECT DISTINCT r.absent_id AS "absentId", a.id AS "accountId", s.valid_from::text AS "validFrom", s.valid_to::text AS "validTo"
      FROM replacement r
      JOIN assignment s ON s.org_id = ${org} AND s.membership_id = r.substitute_id AND s.replacement_id = r.id
      JOIN territory place ON place.org_id = ${org} AND place.id = s.territory_id
      JOIN account a ON a.org_id = ${org} AND a.id = ANY (${[...new Set(others.map(({ accountId }) => accountId))]}::uuid[])
      JOIN territory home ON home.org_id = ${org} AND home.id = a.territory_id
       AND home.path >= place.path AND home.path < left(place.path, -1) || '0'
     WHERE r.org_id = ${org} AND r.substitute_id = ${author.membershipId}::uuid
       AND r.absent_id = ANY (${[...new Set(others.map(({ assigneeId }) => assigneeId))]}::uuid[])`
}
