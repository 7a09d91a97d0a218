import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { type Basis, cellsOf } from '@fieldback/domain/analytics/fold'
import { firstDay, type Month, type Period } from '@fieldback/domain/analytics/period'
import { type BucketsNeeded, type TableCell, TOGETHER } from '@fieldback/domain/analytics/select-cells'
import type { Outcome } from '@fieldback/domain/report/report'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { ofOutcomes } from './outcome-columns.ts'

export type CountsAt = {
  readonly basis: Basis
  readonly period: Period
  readonly territoryIds: readonly string[]
  /** Whether months are told apart. */
  readonly byMonth: boolean
  /** Reports that ended so; empty: whatever their outcome. */
  readonly outcomes: readonly Outcome[]
  /** Whose number is `k`; null: none is asked for. */
  readonly outcome: Outcome | null
  /** Whether what answers add up to is asked for. */
  readonly sums: boolean
}

/** The outcome whose number is to be read; null: none, or none of the reports meant ended so. */
export const askedOutcome = ({
  outcomes,
  outcome,
}: Pick<CountsAt, 'outcomes' | 'outcome'>): Outcome | null =>
  outcomes.length === 0 || (outcome !== null && outcomes.includes(outcome)) ? outcome : null

/** Which basis, territories and months, in the order of the index. */
export const cellsAt = ({ basis, territoryIds, period }: CountsAt): Prisma.Sql => Prisma.sql`
           ${among('basis', 'text', cellsOf(basis))} AND territory_id = ANY (${[...territoryIds]}::uuid[])
           AND month >= ${firstDay(period.from)}::date AND month <= ${firstDay(period.to)}::date`

/** The buckets that are named, each once; null: any. */
export function listed(buckets: BucketsNeeded): readonly string[] | null {
  if (buckets === null || buckets === 'together') return null
  return [...new Set('each' in buckets ? buckets.each : buckets.any)]
}

type ReadSide = {
  readonly fieldId: string
  readonly column: Prisma.Sql
  readonly buckets: BucketsNeeded
}

/** So many buckets that are told apart are columns of a territory's row; more are rows. */
const BESIDE_MAX = 4

/** How the buckets of one question are read. */
function layOut({ column, buckets }: ReadSide, mayStandBeside: boolean) {
  const names = listed(buckets)
  const each = names !== null && buckets !== null && buckets !== 'together' && 'each' in buckets
  const together = Prisma.sql`AND left(${column}, 1) <> '_' AND ${column} <> ${UNKNOWN}`
  const beside = mayStandBeside && each && names.length <= BESIDE_MAX ? names : null
  return {
    only: names
      ? Prisma.sql`AND ${column} = ANY (${[...names]}::text[])`
      : buckets === null
        ? Prisma.empty
        : together,
    /** Their buckets are columns. */
    beside,
    /** The one bucket of what is not told apart; null: rows have theirs. */
    same: buckets === 'together' ? TOGETHER : names && !each ? (names[0] ?? TOGETHER) : null,
  }
}

type Cells = {
  /** The cells of some questions or of a pair, as FROM and WHERE have them. */
  readonly cells: Prisma.Sql
  readonly sum: Prisma.Sql
  /** The question, or both of the pair. */
  readonly sides: readonly ReadSide[]
  /** Cells of several questions are told apart by it. */
  readonly source?: Prisma.Sql
}

/** A cell as it is kept; `source`: the question it is of, null where that was not asked for. */
export type KeptCell = TableCell & { readonly source: string | null }

/** Cells as they are kept: what need not be told apart is added up, and a row read holds some buckets side by side. */
export async function readTable(
  { tx }: ScopedSql,
  { cells, sum, sides, source }: Cells,
  at: CountsAt,
): Promise<KeptCell[]> {
  const laid = sides.map((side, n) => ({ ...side, ...layOut(side, n === 0), name: `bucket_${n}` as const }))
  const told = laid.filter(({ beside, same }) => beside === null && same === null)
  const beside = laid[0]?.beside ? { ...laid[0], names: laid[0].beside } : null
  /** A column, or one for each bucket that stands beside others. */
  const added = (name: string, type: string, what: Prisma.Sql): Prisma.Sql[] =>
    (beside?.names ?? [null]).map((bucket, n) => {
      const among = beside ? Prisma.sql`FILTER (WHERE ${beside.column} = ${bucket})` : Prisma.empty
      return Prisma.sql`coalesce(sum(${what}) ${among}, 0)::${Prisma.raw(`${type} AS ${name}_${n}`)}`
    })
  const { byMonth, outcomes } = at
  const outcome = askedOutcome(at)
  const columns = [
    Prisma.sql`territory_id AS "territoryId"`,
    ...(source ? [Prisma.sql`${source} AS source`] : []),
    ...(byMonth ? [Prisma.sql`to_char(month, 'YYYY-MM') AS month`] : []),
    ...told.map(({ column, name }) => Prisma.sql`${column} AS ${Prisma.raw(name)}`),
    ...added('n', 'int', ofOutcomes('n', outcomes)),
    ...(outcome ? added('k', 'int', ofOutcomes('n', [outcome])) : []),
    ...(at.sums ? added('sum', 'float8', sum) : []),
  ]
  const key = [
    ...(source ? [source] : []),
    Prisma.sql`territory_id`,
    ...(byMonth ? [Prisma.sql`month`] : []),
    ...told.map(({ column }) => column),
  ]
  type Row = { territoryId: string; source?: string; month?: Month } & {
    [bucket: `bucket_${number}`]: string | undefined
    [sum: `${'n' | 'k' | 'sum'}_${number}`]: number | undefined
  }
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${Prisma.join(columns)} FROM ${cells} AND ${cellsAt(at)} ${Prisma.join(
      laid.map(({ only }) => only),
      ' ',
    )}
     GROUP BY ${Prisma.join(key)} HAVING ${isCounted(at)}`
  const names = beside?.names ?? [null]
  const bucketsOf = (bucket: string | null, row?: Row) =>
    Object.fromEntries(
      laid.map(({ fieldId, beside, same, name }) => [fieldId, (beside ? bucket : same) ?? row?.[name] ?? '']),
    )
  // Where no bucket is told by a row, all rows have the same.
  const alike = told.length === 0 ? names.map((bucket) => bucketsOf(bucket)) : null
  return rows.flatMap((row) =>
    names.map((bucket, n) => ({
      territoryId: row.territoryId,
      source: row.source ?? null,
      month: row.month ?? null,
      buckets: alike?.[n] ?? bucketsOf(bucket, row),
      n: row[`n_${n}`] ?? 0,
      k: row[`k_${n}`] ?? 0,
      sum: row[`sum_${n}`] ?? 0,
    })),
  )
}

/** One by what it is: rows of the index then come in the order of what follows, and are added up without being sorted. */
function among(column: string, type: string, values: readonly string[]): Prisma.Sql {
  const [only] = values
  const [name, cast] = [Prisma.raw(column), Prisma.raw(type)]
  return values.length === 1
    ? Prisma.sql`${name} = ${only}::${cast}`
    : Prisma.sql`${name} = ANY (${[...values]}::${cast}[])`
}

/** A cell of other outcomes alone says nothing. */
export const isCounted = ({ outcomes }: Pick<CountsAt, 'outcomes'>): Prisma.Sql =>
  Prisma.sql`sum(${ofOutcomes('n', outcomes)}) <> 0`
