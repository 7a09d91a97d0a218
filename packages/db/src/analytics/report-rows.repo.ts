import { firstDay, lastDay, type Period } from '@fieldback/domain/analytics/period'
import type { Path } from '@fieldback/domain/territory/path'
import type { Stretch } from '@fieldback/domain/territory/stretches'
import { saidTo } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranch } from '../scoped-db.ts'
import { stretchRows } from '../territory/stretches.repo.ts'
import type { FiledAlike } from './count-pairs.repo.ts'

/** Which reports: those of accounts that sit in a branch today, or as organised then those that were filed in stretches. */
export type RowsOf =
  | { readonly basis: 'today'; readonly branch: { readonly path: Path; readonly whole: boolean } }
  | {
      readonly basis: 'then'
      readonly stretches: readonly Stretch[]
      /** The last days of the trees that came before today's. */
      readonly lastDays: readonly string[]
    }

export type RowsAt = {
  readonly of: RowsOf
  readonly period: Period
  readonly byMonth: boolean
  /** One day in so many of each territory; 1: every day. */
  readonly every: number
  /** Questions whose answers are told. */
  readonly ids: readonly string[]
  /** Rows read at most. */
  readonly limit: number
}

/** `treeOf`: the last day of the tree that they count in; null: today's. */
export type FiledInTree = FiledAlike & { readonly treeOf: string | null }

/**
 * Standing reports as they are, alike ones together; `day` is the first of the month, or of the period where months are added up. Each
 * territory's days are found by its index; which of them, where not all are, changes from one territory to the next.
 */
export async function readReportRows(
  { tx, scope }: ScopedSql,
  at: RowsAt,
): Promise<{ readonly filed: FiledInTree[]; readonly read: number }> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const [from, to] = [
    Prisma.sql`${firstDay(at.period.from)}::date`,
    Prisma.sql`${lastDay(at.period.to)}::date`,
  ]
  const { part, home, homes, treeOf } = rowsOf(org, at, { from, to })
  const day = at.byMonth
    ? Prisma.sql`to_char(p.day, 'YYYY-MM-01')`
    : Prisma.sql`to_char(${from}, 'YYYY-MM-DD')`
  const [row] = await tx.$queryRaw<{ filed: FiledInTree[]; read: number }[]>`
    WITH part AS MATERIALIZED (SELECT * FROM (${part}) AS read LIMIT ${at.limit}),
    alike AS (
      SELECT ${home} AS home, ${day} AS day, ${treeOf} AS tree_of, p.kind, p.outcome, p.field_set, p.said, count(*)::int AS n
        FROM part p ${homes} GROUP BY 1, 2, 3, 4, 5, 6, 7)
    SELECT (SELECT count(*)::int FROM part) AS read,
           (SELECT coalesce(json_agg(json_build_object('thenAt', home, 'todayAt', home, 'day', day, 'treeOf', tree_of, 'kind', kind, 'outcome', outcome,
              'form', field_set, 'values', said, 'n', n)), '[]') FROM alike) AS filed`
  return row ?? { filed: [], read: 0 }
}

type Ends = { readonly from: Prisma.Sql; readonly to: Prisma.Sql }
type RowsSql = Readonly<Record<'part' | 'home' | 'homes' | 'treeOf', Prisma.Sql>>

/** What is read of reports, with the territory and the tree in which each counts. */
function rowsOf(org: Prisma.Sql, { of, every, ids }: RowsAt, { from, to }: Ends): RowsSql {
  const columns = Prisma.sql`r.territory_id, r.account_id, r.day, r.kind, r.outcome, r.field_set, ${saidTo(ids, Prisma.sql`r."values"`)} AS said`
  // By itself, from the index of each territory: joined, a generic plan would read all reports that there are.
  const filedAt = (id: Prisma.Sql, first: Prisma.Sql, last: Prisma.Sql) => {
    const days =
      every === 1
        ? Prisma.sql`r.day >= ${first} AND r.day <= ${last}`
        : Prisma.sql`r.day = ANY (ARRAY(
            SELECT d::date FROM generate_series(${from} + abs(hashtext(${id}::text)) % ${every}::int, ${to}, ${every}::int * interval '1 day') AS d
             WHERE d >= ${first} AND d <= ${last}))`
    return Prisma.sql`LATERAL (
      SELECT ${columns} FROM report r WHERE r.org_id = ${org} AND r.territory_id = ${id} AND ${days} AND r.status <> 'withdrawn' OFFSET 0) AS l`
  }
  if (of.basis === 'then')
    return {
      part: Prisma.sql`SELECT l.* FROM ${stretchRows(of.stretches)} CROSS JOIN ${filedAt(Prisma.sql`s.territory_id`, Prisma.sql`s.from_day`, Prisma.sql`s.to_day`)}`,
      home: Prisma.sql`p.territory_id`,
      homes: Prisma.empty,
      treeOf: Prisma.sql`(SELECT to_char(min(d), 'YYYY-MM-DD') FROM unnest(${[...of.lastDays]}::date[]) AS d WHERE d >= p.day)`,
    }
  const within = (column: Prisma.Sql) => withinBranch(of.branch.path, column)
  const filed = Prisma.sql`
    SELECT l.* FROM territory t CROSS JOIN ${filedAt(Prisma.sql`t.id`, from, to)}
     WHERE t.org_id = ${org} AND ${within(Prisma.sql`t.path`)}`
  // Filed outside of the branch, for accounts that have come into it since.
  const brought = Prisma.sql`
    SELECT ${columns} FROM (
      SELECT DISTINCT a.id FROM account_home p JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
        JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND ${within(Prisma.sql`t.path`)}
       WHERE p.org_id = ${org} AND p.to_at IS NOT NULL) c
      JOIN report r ON r.org_id = ${org} AND r.account_id = c.id AND r.day >= ${from} AND r.day <= ${to}
       AND (r.day - ${from}) % ${every}::int = 0 AND r.status <> 'withdrawn'
      JOIN territory w ON w.org_id = ${org} AND w.id = r.territory_id AND NOT ${within(Prisma.sql`w.path`)}`
  return {
    part: of.branch.whole ? filed : Prisma.sql`(${filed}) UNION ALL (${brought})`,
    home: Prisma.sql`a.territory_id`,
    homes: Prisma.sql`JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
        JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id AND ${within(Prisma.sql`h.path`)}`,
    treeOf: Prisma.sql`NULL::text`,
  }
}
