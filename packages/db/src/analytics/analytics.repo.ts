import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import { type Basis, cellsOf } from '@fieldback/domain/analytics/fold'
import {
  type DayRange,
  firstDay,
  type Grain,
  type Month,
  type Period,
} from '@fieldback/domain/analytics/period'
import { erasOf } from '@fieldback/domain/analytics/presence'
import { type Cell, mergeCells, seriesOf } from '@fieldback/domain/analytics/series'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { type Outcome, type ReportKind, WON } from '@fieldback/domain/report/report'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { EVERY, WINS } from './outcome-columns.ts'

// Every read names the organisation, the basis and the territories, in the order of the roll-ups' keys, and adds up rows
// of the index: its cost grows with territories, months (or days) and buckets, never with reports.

/** Reports of one territory, by how they were made and how they ended. */
export type DayCount = {
  readonly territoryId: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly n: number
}

/** Reports of some territories over days, both included; a territory without any is absent. */
export async function countReports(
  { tx, scope }: ScopedSql,
  at: { readonly basis: Basis; readonly days: DayRange; readonly territoryIds: readonly string[] },
): Promise<DayCount[]> {
  return tx.$queryRaw<DayCount[]>`
    SELECT territory_id AS "territoryId", kind, outcome, sum(n)::int AS n FROM rollup_day
     WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ANY (${[...at.territoryIds]}::uuid[])
       AND day >= ${at.days.from}::date AND day <= ${at.days.to}::date
     GROUP BY territory_id, kind, outcome`
}

/** Reports of one step of time; `at` is the step's first day. */
export type StepCount = Omit<DayCount, 'territoryId'> & { readonly at: string }

/** Reports of one territory by day, week (from Monday) or month; a step without any is absent. */
export async function countReportsByStep(
  { tx, scope }: ScopedSql,
  at: { readonly basis: Basis; readonly days: DayRange; readonly territoryId: string; readonly grain: Grain },
): Promise<StepCount[]> {
  return tx.$queryRaw<StepCount[]>`
    SELECT to_char(date_trunc(${at.grain}, day), 'YYYY-MM-DD') AS at, kind, outcome, sum(n)::int AS n FROM rollup_day
     WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ${at.territoryId}::uuid
       AND day >= ${at.days.from}::date AND day <= ${at.days.to}::date
     GROUP BY 1, kind, outcome ORDER BY 1`
}

type MonthsAt = { readonly basis: Basis; readonly period: Period; readonly territoryIds: readonly string[] }

/** People who filed reports over a period, and over the one that it is compared with; 0 when there is none. */
export type PeopleCount = { readonly people: number; readonly before: number }

const NOBODY: PeopleCount = { people: 0, before: 0 }

const name = (what: string, n: number): Prisma.Sql => Prisma.raw(`${what}_${n}`)

/** How many people filed reports in each territory; `before`: over another period too, read at once. */
export async function countPeople(
  { tx, scope }: ScopedSql,
  at: MonthsAt & { readonly before?: Period | null },
): Promise<(territoryId: string) => PeopleCount> {
  const { first, months } = erasOf(at.before ? [at.period, at.before] : [at.period])
  const [now = [], before = []] = months
  const within = Prisma.sql`org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ANY (${[...at.territoryIds]}::uuid[])`
  const lately = (n: number) => Prisma.sql`months & ${now[n] ?? 0n}::bigint <> 0`
  const earlier = (n: number) => Prisma.sql`months & ${before[n] ?? 0n}::bigint <> 0`
  const eras = now.map(
    (_, n) => Prisma.sql`(
      SELECT territory_id, membership_id, ${lately(n)} AS ${name('lately', n)}, ${earlier(n)} AS ${name('earlier', n)}
        FROM rollup_presence WHERE ${within} AND era = ${first + n}::smallint) AS ${name('era', n)}`,
  )
  const inSome = (what: string) =>
    Prisma.join(
      now.map((_, n) => name(what, n)),
      ' OR ',
    )
  // Within an era those of the same months are counted already. Over more, a person has one row an era: rows of two come in the same
  // order and are joined as they come, which takes half as long as grouping them.
  const counted =
    eras.length === 1
      ? Prisma.sql`coalesce(sum(n) FILTER (WHERE ${lately(0)}), 0)::int AS people,
                   coalesce(sum(n) FILTER (WHERE ${earlier(0)}), 0)::int AS before
              FROM rollup_headcount WHERE ${within} AND era = ${first}::smallint`
      : Prisma.sql`(count(*) FILTER (WHERE ${inSome('lately')}))::int AS people,
                   (count(*) FILTER (WHERE ${inSome('earlier')}))::int AS before
              FROM ${eras.reduce((joined, era) => Prisma.sql`${joined} FULL JOIN ${era} USING (territory_id, membership_id)`)}`
  const rows = await tx.$queryRaw<(PeopleCount & { territoryId: string })[]>`
    SELECT territory_id AS "territoryId", ${counted} GROUP BY territory_id`
  const counts = new Map(rows.map(({ territoryId, ...count }) => [territoryId, count]))
  return (territoryId) => counts.get(territoryId) ?? NOBODY
}

/** Reports that gave one answer at one territory, and how many of them ended in an order. */
export type BucketCount = {
  readonly territoryId: string
  readonly bucket: string
  readonly n: number
  readonly won: number
}

/** The question that is counted, with those whose answers are read as its own. */
type Series = Pick<FieldDefinition, 'id' | 'merges'>

/** One series at each territory. */
function mergedAt(field: Series, rows: readonly (Cell & { readonly territoryId: string })[]): BucketCount[] {
  const byPlace = new Map<string, Cell[]>()
  for (const row of rows) {
    const cells = byPlace.get(row.territoryId)
    if (cells) cells.push(row)
    else byPlace.set(row.territoryId, [row])
  }
  return [...byPlace].flatMap(([territoryId, cells]) =>
    mergeCells(field, cells).map((count) => ({ territoryId, ...count })),
  )
}

/** The buckets of a report field at some territories, with the denominators' own buckets. */
export async function countBuckets(
  { tx, scope }: ScopedSql,
  at: MonthsAt & { readonly field: Series },
): Promise<BucketCount[]> {
  const rows = await tx.$queryRaw<(BucketCount & Cell)[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", bucket, sum(${EVERY})::int AS n, sum(${WINS})::int AS won
      FROM rollup_cell
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${seriesOf(at.field)}::uuid[]) AND basis = ANY (${[...cellsOf(at.basis)]}::text[])
       AND territory_id = ANY (${[...at.territoryIds]}::uuid[])
       AND month >= ${firstDay(at.period.from)}::date AND month <= ${firstDay(at.period.to)}::date
     GROUP BY field_id, territory_id, bucket`
  return mergedAt(at.field, rows)
}

/** Cases `k` among `n` of one month at one territory. */
export type MonthCount = {
  readonly territoryId: string
  readonly month: Month
  readonly k: number
  readonly n: number
}

/** One bucket of a report field, among answers that are known, by month; a month without an answer is absent. */
export async function countBucketByMonth(
  { tx, scope }: ScopedSql,
  at: MonthsAt & { readonly field: Series; readonly bucket: string },
): Promise<MonthCount[]> {
  const rows = await tx.$queryRaw<(Cell & { territoryId: string; month: Month })[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", to_char(month, 'YYYY-MM') AS month, bucket,
           sum(${EVERY})::int AS n, 0 AS won
      FROM rollup_cell
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${seriesOf(at.field)}::uuid[]) AND basis = ANY (${[...cellsOf(at.basis)]}::text[])
       AND territory_id = ANY (${[...at.territoryIds]}::uuid[])
       AND month >= ${firstDay(at.period.from)}::date AND month <= ${firstDay(at.period.to)}::date
     GROUP BY field_id, territory_id, month, bucket HAVING sum(${EVERY}) > 0`
  const byMonth = new Map<string, { territoryId: string; month: Month; cells: Cell[] }>()
  for (const row of rows) {
    const { territoryId, month } = row
    const known = byMonth.get(`${territoryId} ${month}`)
    if (known) known.cells.push(row)
    else byMonth.set(`${territoryId} ${month}`, { territoryId, month, cells: [row] })
  }
  return [...byMonth.values()].map(({ cells, ...of }) => {
    const counts = new Map(mergeCells(at.field, cells).map(({ bucket, n }) => [bucket, n]))
    const n = (bucket: string) => counts.get(bucket) ?? 0
    // The share of "I do not know" is the one share it is not left out of.
    return { ...of, k: n(at.bucket), n: n(ANSWERED) - (at.bucket === UNKNOWN ? 0 : n(UNKNOWN)) }
  })
}

/** Orders among reports, by month. */
export async function countOrdersByMonth(
  { tx, scope }: ScopedSql,
  at: Omit<MonthsAt, 'period'> & { readonly days: DayRange },
): Promise<MonthCount[]> {
  return tx.$queryRaw<MonthCount[]>`
    SELECT territory_id AS "territoryId", to_char(day, 'YYYY-MM') AS month,
           coalesce(sum(n) FILTER (WHERE outcome = ${WON}), 0)::int AS k, sum(n)::int AS n
      FROM rollup_day
     WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis} AND territory_id = ANY (${[...at.territoryIds]}::uuid[])
       AND day >= ${at.days.from}::date AND day <= ${at.days.to}::date
     GROUP BY territory_id, 2`
}

/**
 * People of a territory with reports there beyond those of the `own` territories inside it, by month and over the
 * period (month null): who would be behind what is left when the reader takes away what he knows.
 */
export async function countPeopleBeyond(
  { tx, scope }: ScopedSql,
  at: Omit<MonthsAt, 'territoryIds'> & { readonly territoryId: string; readonly own: readonly string[] },
): Promise<{ readonly month: Month | null; readonly people: number }[]> {
  return tx.$queryRaw<{ month: Month | null; people: number }[]>`
    WITH beyond AS (
      SELECT month, membership_id, sum(CASE WHEN territory_id = ${at.territoryId}::uuid THEN n ELSE -n END) AS n FROM rollup_person
       WHERE org_id = ${scope.orgId}::uuid AND basis = ${at.basis}
         AND territory_id = ANY (${[at.territoryId, ...at.own]}::uuid[])
         AND month >= ${firstDay(at.period.from)}::date AND month <= ${firstDay(at.period.to)}::date
       GROUP BY month, membership_id)
    SELECT to_char(month, 'YYYY-MM') AS month, count(DISTINCT membership_id)::int AS people
      FROM beyond WHERE n > 0 GROUP BY GROUPING SETS ((month), ())`
}

/** What accounts or contacts hold now, by bucket; the denominator is `_answered`, and nothing is won. */
export async function countStocks(
  { tx, scope }: ScopedSql,
  at: { readonly field: Series; readonly territoryIds: readonly string[] },
): Promise<BucketCount[]> {
  const rows = await tx.$queryRaw<(Cell & { territoryId: string })[]>`
    SELECT field_id AS "fieldId", territory_id AS "territoryId", bucket, n, 0 AS won FROM stock_cell
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${seriesOf(at.field)}::uuid[])
       AND territory_id = ANY (${[...at.territoryIds]}::uuid[]) AND bucket <> ${ASKED} AND n > 0`
  return mergedAt(at.field, rows)
}
