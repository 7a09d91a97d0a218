import type { DayRange } from '@fieldback/domain/analytics/period'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'
import type { PlaceRow } from './place.repo.ts'

/** Open territories beside one and above it whose figures the reader may read: from the root down, then by name. */
export async function findBeside(sdb: ScopedSql, branch: Path, limit: number): Promise<PlaceRow[]> {
  const { tx, scope } = sdb
  const above = pathIds(branch).slice(0, -1)
  const rows = await tx.$queryRaw<{ row: PlaceRow }[]>`
    SELECT ${TERRITORY_JSON}::jsonb || jsonb_build_object('code', t.code, 'closed', false) AS row FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL
       AND (t.id = ANY (${above}::uuid[]) OR t.parent_id = ${above.at(-1) ?? null}::uuid) AND t.path <> ${branch}
       AND ${withinBranches(sdb, 'analytics.read', Prisma.sql`t.path`)}
     ORDER BY t.rank, t.name, t.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** Months (YYYY-MM) in which branches were moved inside a branch, into it or out of it, and how many. */
export async function countMoves(
  { tx, scope }: ScopedSql,
  branch: Path,
  days: DayRange,
): Promise<{ readonly month: string; readonly count: number }[]> {
  return tx.$queryRaw<{ month: string; count: number }[]>`
    SELECT to_char(m.at AT TIME ZONE o.time_zone, 'YYYY-MM') AS month, count(*)::int AS count
      FROM branch_move m JOIN organisation o ON o.id = m.org_id
     WHERE m.org_id = ${scope.orgId}::uuid AND m.at >= ${days.from}::date - 1 AND m.at < ${days.to}::date + 2
       AND (${withinBranch(branch, Prisma.sql`m.from_path`)} OR ${withinBranch(branch, Prisma.sql`m.to_path`)})
       AND (m.at AT TIME ZONE o.time_zone)::date BETWEEN ${days.from}::date AND ${days.to}::date
     GROUP BY 1 ORDER BY 1`
}
