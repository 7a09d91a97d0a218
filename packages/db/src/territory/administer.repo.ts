import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import type { StandsHere } from '@fieldback/domain/territory/placement'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

/** A territory as its administrator sees it: what stands on it itself, not below. */
export type AdministeredRow = TerritoryRow & {
  readonly code: string | null
  readonly closed: boolean
  readonly accounts: number
  /** Those whose roles stand there. */
  readonly members: readonly string[]
  /** Published questions it owns. */
  readonly fields: number
}

/**
 * Roles g that stand on a territory: held on the day, or later, by members whose access has not ended; one called off ends
 * before it begins.
 */
const rolesStanding = ({ orgId, day }: ScopedDb['scope'], territoryId: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`assignment g JOIN membership p ON p.org_id = ${orgId}::uuid AND p.id = g.membership_id AND p.revoked_at IS NULL
    WHERE g.org_id = ${orgId}::uuid AND g.territory_id = ${territoryId}
      AND (g.valid_to IS NULL OR g.valid_to >= greatest(g.valid_from, ${day}::date))`

/** Every territory of a branch with what stands on each, in path order; closed ones too. */
export async function administeredBranch({ tx, scope }: ScopedDb, branch: Path): Promise<AdministeredRow[]> {
  const org = scope.orgId
  const rows = await tx.$queryRaw<
    {
      row: TerritoryRow
      code: string | null
      closed: boolean
      accounts: number
      members: string[]
      fields: number
    }[]
  >`
    SELECT ${TERRITORY_JSON} AS row, t.code, t.closed_at IS NOT NULL AS closed, coalesce(a.n, 0)::int AS accounts,
           coalesce(m.members, '{}') AS members, coalesce(f.n, 0)::int AS fields
      FROM territory t
      LEFT JOIN LATERAL (SELECT count(*) AS n FROM account a
         WHERE a.org_id = ${org}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL) a ON true
      LEFT JOIN LATERAL (SELECT array_agg(DISTINCT g.membership_id::text) AS members
           FROM ${rolesStanding(scope, Prisma.sql`t.id`)}) m ON true
      LEFT JOIN LATERAL (SELECT count(*) AS n FROM field_definition d
          WHERE d.org_id = ${org}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL) f ON true
     WHERE t.org_id = ${org}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY t.path`
  return rows.map(({ row, ...rest }) => ({ ...row, ...rest }))
}

/** What stands on a territory itself, which stays locked: nothing new can be put on it until the transaction ends. */
export async function standsHere(sdb: ScopedDb, id: string): Promise<StandsHere> {
  await sdb.tx.$queryRaw`
    SELECT id FROM territory WHERE org_id = ${sdb.scope.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`
  return readHere(sdb, id)
}

/** The same without a lock, to show it. */
export async function readHere({ tx, scope }: ScopedDb, id: string): Promise<StandsHere> {
  const org = scope.orgId
  const top = (what: Prisma.Sql) =>
    Prisma.sql`(SELECT ${what} FROM territory WHERE org_id = ${org}::uuid AND id = ${id}::uuid)`
  const rows = await tx.$queryRaw<StandsHere[]>`
    SELECT (SELECT count(*) FROM account WHERE org_id = ${org}::uuid AND territory_id = ${id}::uuid AND deleted_at IS NULL)::int AS accounts,
           (SELECT count(*) FROM territory t JOIN account a ON a.org_id = ${org}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
             WHERE t.org_id = ${org}::uuid AND t.id <> ${id}::uuid AND t.closed_at IS NOT NULL
               AND t.path >= ${top(Prisma.sql`path`)} AND t.path < ${top(Prisma.sql`left(path, -1) || '0'`)})::int AS "inClosed",
           (SELECT count(DISTINCT g.membership_id) FROM ${rolesStanding(scope, Prisma.sql`${id}::uuid`)})::int AS people,
           (SELECT count(*) FROM territory WHERE org_id = ${org}::uuid AND parent_id = ${id}::uuid AND closed_at IS NULL)::int AS children,
           (SELECT count(*) FROM field_definition WHERE org_id = ${org}::uuid AND territory_id = ${id}::uuid AND retired_at IS NULL)::int AS fields`
  return rows[0] ?? { accounts: 0, inClosed: 0, people: 0, children: 0, fields: 0 }
}

/** A territory whether open or closed; null when the organisation has none of this id. */
export async function anyTerritory(
  { tx, scope }: ScopedDb,
  id: string,
): Promise<(TerritoryRow & { readonly closed: boolean; readonly code: string | null }) | null> {
  const rows = await tx.$queryRaw<{ row: TerritoryRow; closed: boolean; code: string | null }[]>`
    SELECT ${TERRITORY_JSON} AS row, t.closed_at IS NOT NULL AS closed, t.code FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ${id}::uuid`
  const found = rows[0]
  return found ? { ...found.row, closed: found.closed, code: found.code } : null
}

/** `at` null opens it again. */
export async function setClosed({ tx, scope }: ScopedDb, id: string, at: Date | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory SET closed_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

export async function setCode({ tx, scope }: ScopedDb, id: string, code: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory SET code = ${code} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** Name of the open territory of a level that bears an official code, itself left out; null when none does. */
export async function codeBearer(
  { tx, scope }: ScopedDb,
  { code, rank, exceptId }: { readonly code: string; readonly rank: Rank; readonly exceptId: string | null },
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM territory
     WHERE org_id = ${scope.orgId}::uuid AND rank = ${rank} AND lower(code) = lower(${code}) AND closed_at IS NULL`
  return rows.find((row) => row.id !== exceptId)?.name ?? null
}
