import type { Basis } from '@fieldback/domain/analytics/fold'
import { firstDay, lastDay, type Period } from '@fieldback/domain/analytics/period'
import type { Path } from '@fieldback/domain/territory/path'
import { saidTo } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranch } from '../scoped-db.ts'
import type { FiledAlike } from './count-pairs.repo.ts'

export type RowsAt = {
  readonly basis: Basis
  readonly branch: { readonly path: Path; readonly whole: boolean }
  readonly period: Period
  readonly byMonth: boolean
  /** One day in so many of each territory; 1: every day. */
  readonly every: number
  /** Questions whose answers are told. */
  readonly ids: readonly string[]
  /** Rows read at most. */
  readonly limit: number
}

/**
 * Standing reports of a branch as they are, alike ones together; `day` is the first of the month, or of the period where months are added up. Each
 * territory's days are found by its index; which of them, where not all are, changes from one territory to the next.
 */
export async function readReportRows(
  { tx, scope }: ScopedSql,
  at: RowsAt,
): Promise<{ readonly filed: FiledAlike[]; readonly read: number }> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const [from, to] = [
    Prisma.sql`${firstDay(at.period.from)}::date`,
    Prisma.sql`${lastDay(at.period.to)}::date`,
  ]
  const columns = Prisma.sql`r.territory_id, r.account_id, r.day, r.kind, r.outcome, r.field_set, ${saidTo(at.ids, Prisma.sql`r."values"`)} AS said`
  const within = (column: Prisma.Sql) => withinBranch(at.branch.path, column)
  const days =
    at.every === 1
      ? Prisma.sql`r.day >= ${from} AND r.day <= ${to}`
      : Prisma.sql`r.day = ANY (ARRAY(
            SELECT d::date FROM generate_series(${from} + abs(hashtext(t.id::text)) % ${at.every}::int, ${to}, ${at.every}::int * interval '1 day') AS d))`
  // By itself, from the index of each territory: joined, a generic plan would read all reports that there are.
  const filed = Prisma.sql`
    SELECT l.* FROM territory t CROSS JOIN LATERAL (
      SELECT ${columns} FROM report r WHERE r.org_id = ${org} AND r.territory_id = t.id AND ${days} AND r.status <> 'withdrawn' OFFSET 0) AS l
     WHERE t.org_id = ${org} AND ${within(Prisma.sql`t.path`)}`
  // Filed outside of the branch, for accounts that have come into it since.
  const brought = Prisma.sql`
    SELECT ${columns} FROM (
      SELECT DISTINCT a.id FROM account_home p JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
        JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND ${within(Prisma.sql`t.path`)}
       WHERE p.org_id = ${org} AND p.to_at IS NOT NULL) c
      JOIN report r ON r.org_id = ${org} AND r.account_id = c.id AND r.day >= ${from} AND r.day <= ${to}
       AND (r.day - ${from}) % ${at.every}::int = 0 AND r.status <> 'withdrawn'
      JOIN territory w ON w.org_id = ${org} AND w.id = r.territory_id AND NOT ${within(Prisma.sql`w.path`)}`
  const today = at.basis === 'today'
  const part = today && !at.branch.whole ? Prisma.sql`(${filed}) UNION ALL (${brought})` : filed
  const home = today ? Prisma.sql`a.territory_id` : Prisma.sql`p.territory_id`
  const homes = today
    ? Prisma.sql`JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
        JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id AND ${within(Prisma.sql`h.path`)}`
    : Prisma.empty
  const day = at.byMonth
    ? Prisma.sql`to_char(p.day, 'YYYY-MM-01')`
    : Prisma.sql`to_char(${from}, 'YYYY-MM-DD')`
  const [row] = await tx.$queryRaw<{ filed: FiledAlike[]; read: number }[]>`
    WITH part AS MATERIALIZED (SELECT * FROM (${part}) AS read LIMIT ${at.limit}),
    alike AS (
      SELECT ${home} AS home, ${day} AS day, p.kind, p.outcome, p.field_set, p.said, count(*)::int AS n
        FROM part p ${homes} GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT (SELECT count(*)::int FROM part) AS read,
           (SELECT coalesce(json_agg(json_build_object('thenAt', home, 'todayAt', home, 'day', day, 'kind', kind, 'outcome', outcome,
              'form', field_set, 'values', said, 'n', n)), '[]') FROM alike) AS filed`
  return row ?? { filed: [], read: 0 }
}
