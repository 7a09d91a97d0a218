import type { Role } from '@fieldback/domain/access/permissions'
import { FieldbackError } from '@fieldback/domain/errors'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

/** The right to define questions of a branch, handed on; days are YYYY-MM-DD, both inclusive. */
export type DelegationRow = {
  readonly id: string
  readonly giverId: string
  readonly giverName: string
  readonly receiverId: string
  readonly receiverName: string
  readonly territoryId: string
  readonly territoryName: string
  readonly rank: Rank
  readonly path: Path
  readonly validFrom: string
  readonly validTo: string | null
}

const DELEGATION_JSON = Prisma.sql`json_build_object('id', d.id, 'giverId', d.giver_id, 'giverName', g.display_name,
  'receiverId', d.receiver_id, 'receiverName', r.display_name, 'territoryId', d.territory_id, 'territoryName', t.name,
  'rank', t.rank, 'path', t.path, 'validFrom', d.valid_from, 'validTo', d.valid_to)`

const people = (orgId: string): Prisma.Sql => Prisma.sql`
  JOIN membership g ON g.org_id = ${orgId}::uuid AND g.id = d.giver_id
  JOIN membership r ON r.org_id = ${orgId}::uuid AND r.id = d.receiver_id AND r.revoked_at IS NULL`

const running = (day: string): Prisma.Sql =>
  Prisma.sql`d.taken_back_at IS NULL AND (d.valid_to IS NULL OR d.valid_to >= ${day}::date)`

/** Delegations on a territory, below it, and above it, that run today or later: at most `limit`, from the root down. */
export async function delegationsAround(
  { tx, scope }: ScopedDb,
  path: Path,
  limit: number,
): Promise<DelegationRow[]> {
  const rows = await tx.$queryRaw<{ row: DelegationRow }[]>`
    SELECT ${DELEGATION_JSON} AS row
      FROM territory t
      JOIN delegation d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND ${running(scope.day)}
      ${people(scope.orgId)}
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL
       AND (t.id = ANY (${pathIds(path)}::uuid[]) OR ${withinBranch(path, Prisma.sql`t.path`)})
     ORDER BY t.path, r.display_name, d.id
     LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** Those to one member that run today or later. */
export async function delegationsTo({ tx, scope }: ScopedDb, membershipId: string): Promise<DelegationRow[]> {
  const rows = await tx.$queryRaw<{ row: DelegationRow }[]>`
    SELECT ${DELEGATION_JSON} AS row
      FROM delegation d
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = d.territory_id AND t.closed_at IS NULL
      ${people(scope.orgId)}
     WHERE d.org_id = ${scope.orgId}::uuid AND d.receiver_id = ${membershipId}::uuid AND ${running(scope.day)}
     ORDER BY t.path, d.id`
  return rows.map(({ row }) => row)
}

/** A delegation locked for a change, taken back or not. NOT_FOUND when the organisation has none of this id. */
export async function lockDelegation(
  { tx, scope }: ScopedDb,
  id: string,
): Promise<DelegationRow & { readonly takenBack: boolean }> {
  const rows = await tx.$queryRaw<{ row: DelegationRow; takenBack: boolean }[]>`
    SELECT ${DELEGATION_JSON} AS row, d.taken_back_at IS NOT NULL AS "takenBack"
      FROM delegation d
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = d.territory_id
      JOIN membership g ON g.org_id = ${scope.orgId}::uuid AND g.id = d.giver_id
      JOIN membership r ON r.org_id = ${scope.orgId}::uuid AND r.id = d.receiver_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ${id}::uuid
       FOR NO KEY UPDATE OF d`
  const found = rows[0]
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'delegation' })
  return { ...found.row, takenBack: found.takenBack }
}

export type NewDelegation = Pick<DelegationRow, 'id' | 'receiverId' | 'territoryId' | 'validFrom' | 'validTo'>

/** Makes who receives wait for each other: two people who give the same at once give it once. */
export async function lockReceiver({ tx, scope }: ScopedDb, membershipId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ${membershipId}::uuid FOR NO KEY UPDATE`
}

/** Writes what the reader gives. */
export async function insertDelegation({ tx, scope }: ScopedDb, row: NewDelegation): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO delegation (org_id, id, giver_id, receiver_id, territory_id, valid_from, valid_to)
    VALUES (${scope.orgId}::uuid, ${row.id}::uuid, ${scope.membershipId}::uuid, ${row.receiverId}::uuid, ${row.territoryId}::uuid,
            ${row.validFrom}::date, ${row.validTo}::date)`
}

/** `at` null gives it again. */
export async function setTakenBack({ tx, scope }: ScopedDb, id: string, at: Date | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE delegation SET taken_back_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** Somebody who stands at a place by a role, on one of the days from the reader's on. */
export type Standing = {
  readonly membershipId: string
  readonly displayName: string
  readonly role: Role
  readonly territoryId: string
  readonly territoryName: string
  readonly rank: Rank
  readonly path: Path
}

/** Who stands on a territory, above it, or with `below` under it, with one of the roles: at most `limit`, by name. */
export async function standingAround(
  { tx, scope }: ScopedDb,
  path: Path,
  {
    roles,
    below,
    limit,
  }: { readonly roles: readonly Role[]; readonly below: boolean; readonly limit: number },
): Promise<Standing[]> {
  const under = below ? Prisma.sql`OR ${withinBranch(path, Prisma.sql`t.path`)}` : Prisma.empty
  return tx.$queryRaw<Standing[]>`
    SELECT DISTINCT m.display_name AS "displayName", a.membership_id AS "membershipId", a.role, t.path, t.id AS "territoryId",
           t.name AS "territoryName", t.rank
      FROM territory t
      JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.role = ANY (${[...roles]}::text[])
       AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = a.membership_id AND m.revoked_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND (t.id = ANY (${pathIds(path)}::uuid[]) ${under})
     ORDER BY m.display_name, a.membership_id, t.path, a.role
     LIMIT ${limit}`
}

/** Ranks of the levels at which headquarters alone define questions. */
export async function headquartersOnly({ tx, scope }: ScopedDb): Promise<Rank[]> {
  const rows = await tx.$queryRaw<{ ranks: Rank[] }[]>`
    SELECT headquarters_only AS ranks FROM organisation WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`
  return rows[0]?.ranks ?? []
}

export async function setHeadquartersOnly({ tx, scope }: ScopedDb, ranks: readonly Rank[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE organisation SET headquarters_only = ${JSON.stringify(ranks)}::jsonb WHERE id = ${scope.orgId}::uuid`
}
