import { firstDay, type Month, monthsOf, type Period } from '@fieldback/domain/analytics/period'
import { erasOf } from '@fieldback/domain/analytics/presence'
import type { BucketsNeeded, Sums, TableCell } from '@fieldback/domain/analytics/select-cells'
import { additionsOf, bucketsBehind, seriesOf } from '@fieldback/domain/analytics/series'
import type { TookKnown } from '@fieldback/domain/field/entry-seconds'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { ofOutcomes } from './outcome-columns.ts'
import { askedOutcome, type CountsAt, cellsAt, isCounted, listed, readTable } from './read-table.ts'

// As in analytics.repo: rows of an index, in the order of its key; as many as territories, months and buckets, never as reports.

/** The question that is counted, with those whose answers are read as its own. */
export type Series = Pick<FieldDefinition, 'id' | 'merges'>

export type CountedSeries = { readonly field: Series; readonly buckets: BucketsNeeded }

/** Cells of one question, those read as one merged. */
export async function readCells(sdb: ScopedSql, series: CountedSeries, at: CountsAt): Promise<TableCell[]> {
  const { field, buckets } = series
  const sum = ofOutcomes('sum', at.outcomes)
  const of = Prisma.sql`rollup_cell WHERE org_id = ${sdb.scope.orgId}::uuid`
  const side = { fieldId: field.id, column: Prisma.sql`bucket` }
  if (!field.merges) {
    const cells = Prisma.sql`${of} AND field_id = ${field.id}::uuid`
    return readTable(sdb, { cells, sum, sides: [{ ...side, buckets }] }, at)
  }
  const cells = Prisma.sql`${of} AND field_id = ANY (${seriesOf(field)}::uuid[])`
  // Other questions have other names for the same answer.
  const wanted = listed(buckets)
  const behind = wanted && { each: bucketsBehind(field, wanted) }
  const source = Prisma.sql`field_id`
  const kept = await readTable(sdb, { cells, sum, sides: [{ ...side, buckets: behind }], source }, at)
  return readAsOne(
    field,
    kept.map((cell) => ({ ...cell, fieldId: cell.source ?? '', bucket: cell.buckets[field.id] ?? '' })),
  )
}

type Place = Pick<TableCell, 'territoryId' | 'month'>

/** One series at each place and time. */
function readAsOne(
  field: Series,
  rows: readonly (Place & Sums & { readonly fieldId: string; readonly bucket: string })[],
): TableCell[] {
  const addsTo = additionsOf(field)
  return gathered(rows, ({ fieldId, bucket }, add) => {
    for (const { bucket: to, times } of addsTo(fieldId, bucket)) add({ [field.id]: to }, times)
  })
}

type Writable<Cell> = { -readonly [Key in keyof Cell]: Cell[Key] }

/** Cells that rows add up to; `spread` tells to which a row adds, and how often. */
function gathered<Row extends Place & Sums>(
  rows: readonly Row[],
  spread: (row: Row, add: (buckets: TableCell['buckets'], times: number) => void) => void,
): TableCell[] {
  const cells = new Map<string, Writable<TableCell>>()
  for (const row of rows) {
    const { territoryId, month } = row
    spread(row, (buckets, times) => {
      const key = `${territoryId} ${month} ${Object.values(buckets).join(' ')}`
      const cell = cells.get(key) ?? { territoryId, month, buckets, n: 0, k: 0, sum: 0 }
      cells.set(key, cell)
      cell.n += times * row.n
      cell.k += times * row.k
      cell.sum += times * row.sum
    })
  }
  return [...cells.values()]
}

/** What accounts or contacts hold now. */
export async function readStocks(
  { tx, scope }: ScopedSql,
  { field }: CountedSeries,
  { territoryIds }: Pick<CountsAt, 'territoryIds'>,
): Promise<TableCell[]> {
  const rows = await tx.$queryRaw<(Place & Sums & { fieldId: string; bucket: string })[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", NULL AS month, bucket, n, 0 AS k, sum FROM stock_cell
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${seriesOf(field)}::uuid[])
       AND territory_id = ANY (${[...territoryIds]}::uuid[])`
  return readAsOne(field, rows)
}

/** A pair as it is read: `flipped` when the first question is its `b`. */
export type ReadyPair = {
  readonly id: string
  readonly first: string
  readonly second: string
  readonly flipped: boolean
}

/** Cells of two questions together; `sum` is the first one's. */
export async function readPairs(
  sdb: ScopedSql,
  {
    pairs,
    first,
    second,
  }: { readonly pairs: readonly ReadyPair[]; readonly first: CountedSeries; readonly second: CountedSeries },
  at: CountsAt,
): Promise<TableCell[]> {
  const { tx, scope } = sdb
  const [only] = pairs.length === 1 ? pairs : []
  if (only && !first.field.merges && !second.field.merges) {
    const [a, b] = [Prisma.sql`bucket_a`, Prisma.sql`bucket_b`]
    return readTable(
      sdb,
      {
        cells: Prisma.sql`pair_cell WHERE org_id = ${scope.orgId}::uuid AND pair_id = ${only.id}::uuid`,
        sum: only.flipped ? Prisma.sql`sum_b` : Prisma.sql`sum_a`,
        sides: [
          { fieldId: first.field.id, column: only.flipped ? b : a, buckets: first.buckets },
          { fieldId: second.field.id, column: only.flipped ? a : b, buckets: second.buckets },
        ],
      },
      at,
    )
  }
  const outcome = askedOutcome(at)
  type Row = Place & {
    pairId: string
    a: string
    b: string
    n: number
    k?: number
    sumA?: number
    sumB?: number
  }
  const rows = await tx.$queryRaw<Row[]>`
    SELECT pair_id AS "pairId", territory_id AS "territoryId", ${at.byMonth ? Prisma.sql`to_char(month, 'YYYY-MM')` : Prisma.sql`NULL`} AS month,
           bucket_a AS a, bucket_b AS b, sum(${ofOutcomes('n', at.outcomes)})::int AS n
           ${outcome ? Prisma.sql`, sum(${ofOutcomes('n', [outcome])})::int AS k` : Prisma.empty}
           ${at.sums ? Prisma.sql`, sum(sum_a) AS "sumA", sum(sum_b) AS "sumB"` : Prisma.empty}
      FROM pair_cell
     WHERE org_id = ${scope.orgId}::uuid AND pair_id = ANY (${pairs.map(({ id }) => id)}::uuid[]) AND ${cellsAt(at)}
     GROUP BY pair_id, territory_id, bucket_a, bucket_b${at.byMonth ? Prisma.sql`, month` : Prisma.empty} HAVING ${isCounted(at)}`
  const byId = new Map(pairs.map((pair) => [pair.id, pair]))
  const told = rows.flatMap(({ pairId, a, b, k = 0, sumA = 0, sumB = 0, ...row }) => {
    const pair = byId.get(pairId)
    if (!pair) return []
    const [left, right, sum] = pair.flipped ? [b, a, sumB] : [a, b, sumA]
    return [{ ...row, k, sum, firstId: pair.first, left, secondId: pair.second, right }]
  })
  const [ofFirst, ofSecond] = [additionsOf(first.field), additionsOf(second.field)]
  // Merged along the one, then along the other: what is counted of both adds up either way.
  return gathered(told, ({ firstId, left, secondId, right }, add) => {
    for (const one of ofFirst(firstId, left))
      for (const other of ofSecond(secondId, right))
        add({ [first.field.id]: one.bucket, [second.field.id]: other.bucket }, one.times * other.times)
  })
}

/** People who filed reports in each territory, month by month; absent: nobody. */
export async function countPeopleByMonth(
  { tx, scope }: ScopedSql,
  at: Pick<CountsAt, 'basis' | 'period' | 'territoryIds'>,
): Promise<(territoryId: string, month: Month) => number> {
  const months = monthsOf(at.period)
  const { first, last } = erasOf([at.period])
  const rows = await tx.$queryRaw<{ territoryId: string; people: number[] }[]>`
    SELECT territory_id AS "territoryId", ${thereInEach(months, Prisma.sql`n`)} AS people FROM rollup_headcount
     WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ANY (${[...at.territoryIds]}::uuid[])
       AND era >= ${first}::smallint AND era <= ${last}::smallint
     GROUP BY territory_id`
  const peopleAt = new Map(rows.map(({ territoryId, people }) => [territoryId, people]))
  return (territoryId, month) => peopleAt.get(territoryId)?.[months.indexOf(month)] ?? 0
}

/** Answers that were timed in a month, or over the period (month null), and how many people gave them. */
export type TookOfMonth = TookKnown & { readonly month: Month | null }

/**
 * How long answers to a question took. Only months whose every answer stands in a bin, as everywhere (ADR 042): in another,
 * the bins may be one person's while five are counted.
 */
export async function readTook(
  { tx, scope }: ScopedSql,
  field: Series,
  period: Period,
): Promise<TookOfMonth[]> {
  const months = monthsOf(period)
  const { first, last } = erasOf([period])
  const of = Prisma.sql`org_id = ${scope.orgId}::uuid AND field_id = ANY (${seriesOf(field)}::uuid[])`
  const within = Prisma.sql`month >= ${firstDay(period.from)}::date AND month <= ${firstDay(period.to)}::date`
  const rows = await tx.$queryRaw<{ month: Month | null; people: number; bins: TookKnown['bins'] }[]>`
    WITH took AS MATERIALIZED (SELECT field_id, month, bin, n FROM field_seconds WHERE ${of} AND ${within}),
    whole AS MATERIALIZED (
      SELECT field_id, month FROM ledger_month JOIN (SELECT field_id, month, sum(n) AS n FROM took GROUP BY 1, 2) t USING (field_id, month)
       WHERE ${of} AND ${within} AND answers > 0 AND t.n >= answers),
    kept AS (SELECT field_id, presence_era(month) AS era, bit_or(presence_bit(month)) AS months FROM whole GROUP BY 1, 2),
    there AS MATERIALIZED (
      SELECT membership_id, era, bit_or(p.months & k.months) AS months FROM ledger_presence p JOIN kept k USING (field_id, era)
       WHERE ${of} AND era >= ${first}::smallint AND era <= ${last}::smallint GROUP BY 1, 2),
    people AS (
      SELECT month, people FROM (SELECT ${thereInEach(months)} AS each FROM there) t,
             unnest(${months.map(firstDay)}::date[], t.each) AS m (month, people)
      UNION ALL SELECT NULL, count(DISTINCT membership_id)::int FROM there WHERE months <> 0),
    bins AS (SELECT month, bin, sum(n)::int AS n FROM took JOIN whole USING (field_id, month) GROUP BY GROUPING SETS ((month, bin), (bin)))
    SELECT to_char(month, 'YYYY-MM') AS month, people,
           (SELECT json_agg(json_build_object('from', b.bin, 'n', b.n)) FROM bins b WHERE b.month IS NOT DISTINCT FROM p.month) AS bins
      FROM people p WHERE people > 0`
  return rows
}

/**
 * People with their months as bits (`era`, `months`), counted in each of some: a column a month, since joined with these each
 * person would be as many rows. `people`: how many a row stands for.
 */
export function thereInEach(months: readonly Month[], people = Prisma.sql`1`): Prisma.Sql {
  const counts = months.map((month) => {
    const { first: era, months: bits } = erasOf([{ from: month, to: month }])
    return Prisma.sql`coalesce(sum(${people}) FILTER (WHERE era = ${era}::smallint AND months & ${bits[0]?.[0] ?? 0n}::bigint <> 0), 0)`
  })
  return Prisma.sql`ARRAY[${Prisma.join(counts)}]::int[]`
}
