import type { Permission } from '@fieldback/domain/access/permissions'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'
import { inSight } from './in-sight.ts'

/** A territory with the accounts whose home is exactly there. */
export type TerritoryWithAccounts = TerritoryRow & {
  readonly accounts: number
  readonly prospects: number
  /** Closed, and in sight for the accounts in it or below. */
  readonly closed: boolean
}

/** All territories in sight of the reader's branches in path order, with their own accounts: sums up the tree are the caller's. */
export async function branchTerritories(
  sdb: ScopedDb,
  permission: Permission,
): Promise<TerritoryWithAccounts[]> {
  return territoriesWithAccounts(sdb, withinBranches(sdb, permission, Prisma.sql`t.path`))
}

/** The same for one branch; the caller has checked the right to it. */
export async function territoriesOf(sdb: ScopedDb, branch: Path): Promise<TerritoryWithAccounts[]> {
  return territoriesWithAccounts(sdb, withinBranch(branch, Prisma.sql`t.path`))
}

async function territoriesWithAccounts(
  { tx, scope }: ScopedDb,
  within: Prisma.Sql,
): Promise<TerritoryWithAccounts[]> {
  const rows = await tx.$queryRaw<
    { row: TerritoryRow; closed: boolean; accounts: number; prospects: number }[]
  >`
    SELECT ${TERRITORY_JSON} AS row, t.closed_at IS NOT NULL AS closed, coalesce(n.accounts, 0)::int AS accounts, coalesce(n.prospects, 0)::int AS prospects
      FROM territory t
      LEFT JOIN LATERAL (
        SELECT count(*) AS accounts, count(*) FILTER (WHERE a.kind = 'prospect') AS prospects FROM account a
         WHERE a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL) n ON true
     WHERE t.org_id = ${scope.orgId}::uuid AND ${within} AND ${inSight(scope.orgId)}
     ORDER BY t.path`
  return rows.map(({ row, ...rest }) => ({ ...row, ...rest }))
}

/** The territories of a path, root first. Names only: the reader may hold no right on those above his branch. */
export async function pathTerritories({ tx, scope }: ScopedDb, path: Path): Promise<TerritoryRow[]> {
  const rows = await tx.$queryRaw<{ row: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS row FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ANY (${pathIds(path)}::uuid[])
     ORDER BY t.path`
  return rows.map(({ row }) => row)
}

/** Names of the levels, by rank, as the organisation calls them. */
export async function levelNames({
  tx,
  scope,
}: ScopedDb): Promise<readonly { readonly fr: string; readonly en: string }[]> {
  const row = await tx.organisation.findUniqueOrThrow({
    where: { id: scope.orgId },
    select: { levelNames: true },
  })
  return row.levelNames as unknown as readonly { fr: string; en: string }[]
}

/** What a territory is called, which holds until the end of the transaction. */
export async function lockName({ tx, scope }: ScopedDb, id: string): Promise<string> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM territory WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`
  return rows[0]?.name ?? ''
}

export async function renameTerritory({ tx, scope }: ScopedDb, id: string, name: string): Promise<void> {
  await tx.$executeRaw`UPDATE territory SET name = ${name} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}
