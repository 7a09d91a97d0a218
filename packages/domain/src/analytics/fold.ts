import { monthStart } from '../agenda/day.ts'
import type { Outcome, ReportKind } from '../report/report.ts'
import type { LineOf } from '../territory/path-then.ts'
import {
  ANSWERED,
  ASKED,
  type BucketedAnswer,
  isOver,
  isRead,
  KIND,
  type LedgerFact,
  type LedgerRow,
  type ReachedReturn,
  type ReportFact,
  type ReturnsFact,
  type RollupFact,
  type StockFact,
  type TookRow,
} from './fact.ts'
import { addRows, addTook, onceADay } from './ledger-fact.ts'

export type Basis = 'then' | 'today'

/**
 * Most of what is counted stands where it was filed: cells keep what is counted today, and beside it what is counted more
 * ("moved" above 0) or less (below) as organised then.
 */
export type CellBasis = 'today' | 'moved'

/** The cells that add up to what is counted, as organised then or today. */
export const cellsOf = (basis: Basis): readonly CellBasis[] =>
  basis === 'then' ? ['today', 'moved'] : ['today']

/** What to add to an outcome of a row of rollup_cell; `month` is YYYY-MM-01. */
export type CellDelta = {
  readonly fieldId: string
  readonly basis: CellBasis
  readonly territoryId: string
  readonly month: string
  readonly bucket: string
  readonly outcome: Outcome
  readonly n: number
  readonly sum: number
}
type ByOutcome = Readonly<Record<Outcome, number>>
/** A row of rollup_cell: outcomes side by side. */
export type CellRow = Omit<CellDelta, 'outcome' | 'n' | 'sum'> & {
  readonly n: ByOutcome
  readonly sum: ByOutcome
}
/** What to add to a row of rollup_day. */
export type DayDelta = {
  readonly basis: Basis
  readonly territoryId: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly n: number
}
/** What to add to a row of rollup_person; `month` is YYYY-MM-01. */
export type PersonDelta = {
  readonly basis: Basis
  readonly territoryId: string
  readonly month: string
  readonly membershipId: string
  readonly n: number
}
/** What to add to a row of stock_cell. */
export type StockDelta = {
  readonly fieldId: string
  readonly territoryId: string
  readonly bucket: string
  readonly n: number
  readonly sum: number
}
/** What to add to a row of ledger_cell. */
export type LedgerDelta = LedgerRow & { readonly membershipId: string }
/** A row to add to return_day. */
export type ReturnDelta = ReachedReturn & { readonly membershipId: string }
export type RollupDeltas = {
  readonly cells: readonly CellDelta[]
  readonly days: readonly DayDelta[]
  readonly people: readonly PersonDelta[]
  readonly stocks: readonly StockDelta[]
  readonly ledger: readonly LedgerDelta[]
  /** What to add to rows of field_seconds: nobody's any more. */
  readonly took: readonly TookRow[]
  /** Returns to count in the ledger, unless they were on that day already. */
  readonly returns: readonly ReturnDelta[]
}

type Sums = { n: number; sum: number }

/** Adds up by key columns, in the order of the key: concurrent folds then lock rows in one order. */
class Tally<K extends Readonly<Record<string, string>>> {
  readonly #rows = new Map<string, { readonly columns: K; readonly sums: Sums }>()

  add(columns: K, n: number, sum = 0): void {
    const key = Object.values(columns).join('\u0000')
    const row = this.#rows.get(key) ?? { columns, sums: { n: 0, sum: 0 } }
    row.sums.n += n
    row.sums.sum += sum
    this.#rows.set(key, row)
  }

  rows(): { readonly columns: K; readonly n: number; readonly sum: number }[] {
    return [...this.#rows]
      .filter(([, { sums }]) => sums.n !== 0 || sums.sum !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { columns, sums }]) => ({ columns, ...sums }))
  }
}

/** Cells in the order of their key, whose last is the outcome, as rows. */
export function cellRows(cells: readonly CellDelta[]): CellRow[] {
  const rows: (CellRow & { n: Record<Outcome, number>; sum: Record<Outcome, number> })[] = []
  for (const { fieldId, basis, territoryId, month, bucket, outcome, n, sum } of cells) {
    let row = rows.at(-1)
    const begun =
      row?.bucket === bucket &&
      row.month === month &&
      row.territoryId === territoryId &&
      row.basis === basis &&
      row.fieldId === fieldId
    if (!row || !begun) {
      row = { fieldId, basis, territoryId, month, bucket, n: noneOf(), sum: noneOf() }
      rows.push(row)
    }
    row.n[outcome] += n
    row.sum[outcome] += sum
  }
  return rows
}

const noneOf = (): Record<Outcome, number> => ({ order: 0, quote: 0, revisit: 0, none: 0 })

type CountedAt = {
  readonly basis: CellBasis
  readonly territoryId: string
  readonly key: string
  readonly times: number
}
type Cell = {
  readonly bucket: string
  readonly month: string
  readonly outcome: Outcome
  n: number
  sum: number
}

/**
 * The same for cells, of which a report has hundreds: each of its answers is added at each of its places, and no key is made
 * for both together.
 */
class CellTally {
  /** By question, by place, by what else names a cell. */
  readonly #rows = new Map<
    string,
    Map<string, { readonly place: CountedAt; readonly cells: Map<string, Cell> }>
  >()

  add(
    { fieldId, ...named }: Pick<CellDelta, 'fieldId' | 'bucket' | 'month' | 'outcome'>,
    value: number,
    places: readonly CountedAt[],
  ): void {
    const rest = `${named.month}\u0000${named.bucket}\u0000${named.outcome}`
    const byPlace = this.#rows.get(fieldId) ?? new Map()
    this.#rows.set(fieldId, byPlace)
    for (const place of places) {
      const there = byPlace.get(place.key) ?? { place, cells: new Map() }
      byPlace.set(place.key, there)
      const cell = there.cells.get(rest)
      if (cell) {
        cell.n += place.times
        cell.sum += place.times * value
      } else there.cells.set(rest, { ...named, n: place.times, sum: place.times * value })
    }
  }

  rows(): CellDelta[] {
    const rows: CellDelta[] = []
    for (const [fieldId, byPlace] of byKey(this.#rows))
      for (const [, { place, cells }] of byKey(byPlace))
        for (const [, { month, bucket, outcome, n, sum }] of byKey(cells)) {
          if (n === 0 && sum === 0) continue
          const { basis, territoryId } = place
          rows.push({ fieldId, basis, territoryId, month, bucket, outcome, n, sum })
        }
    return rows
  }
}

const byKey = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

type Keys<T> = Omit<T, 'n' | 'sum'>
type Tallies = {
  readonly cells: CellTally
  readonly days: Tally<Keys<DayDelta>>
  readonly people: Tally<Keys<PersonDelta>>
  readonly stocks: Tally<Keys<StockDelta>>
}
/** A report as far as its answers are concerned. */
export type AnswersFact = Pick<
  ReportFact,
  'sign' | 'thenAt' | 'todayAt' | 'day' | 'outcome' | 'asked' | 'answers'
>

/**
 * What facts add to the roll-ups, one row per key, nothing for what cancels out: as organised then along the line of the
 * report's day, as organised today along the present one. Sums are doubles: a row whose n is 0 counts as empty.
 */
export function foldFacts(facts: readonly RollupFact[], lineOf: LineOf): RollupDeltas {
  const tallies: Tallies = {
    cells: new CellTally(),
    days: new Tally(),
    people: new Tally(),
    stocks: new Tally(),
  }
  for (const fact of facts) {
    if (fact.of === 'stock') foldStock(tallies, fact, lineOf)
    if (fact.of === 'report') foldReport(tallies, fact, lineOf)
  }
  return {
    cells: tallies.cells.rows(),
    days: tallies.days.rows().map(({ columns, n }) => ({ ...columns, n })),
    people: tallies.people.rows().map(({ columns, n }) => ({ ...columns, n })),
    stocks: tallies.stocks.rows().map(({ columns, n, sum }) => ({ ...columns, n, sum })),
    ledger: foldLedger(facts.filter((fact) => fact.of === 'ledger')),
    took: addTook(facts.flatMap((fact) => (fact.of === 'ledger' ? (fact.took ?? []) : []))),
    returns: foldReturns(facts.filter((fact) => fact.of === 'returns')),
  }
}

/** What answers alone add, of reports that are counted already. */
export function foldCells(facts: readonly AnswersFact[], lineOf: LineOf): CellDelta[] {
  const cells = new CellTally()
  for (const fact of facts) foldBuckets(cells, fact, counted(fact.answers, fact.asked), lineOf)
  return cells.rows()
}

function foldLedger(facts: readonly LedgerFact[]): LedgerDelta[] {
  const byMember = new Map<string, LedgerRow[]>()
  for (const { member, given } of facts) byMember.set(member, [...(byMember.get(member) ?? []), ...given])
  return [...byMember]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([membershipId, rows]) => addRows(rows).map((sum) => ({ membershipId, ...sum })))
}

function foldReturns(facts: readonly ReturnsFact[]): ReturnDelta[] {
  const byMember = new Map<string, ReachedReturn[]>()
  for (const { member, reached } of facts) byMember.set(member, [...(byMember.get(member) ?? []), ...reached])
  return [...byMember]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([membershipId, rows]) => onceADay(rows).map((row) => ({ membershipId, ...row })))
}

type Placed = Pick<ReportFact, 'sign' | 'thenAt' | 'todayAt' | 'day'>

/** Where a report counts, as organised then and today. */
const reached = (
  { thenAt, todayAt, day }: Placed,
  lineOf: LineOf,
): readonly [readonly string[], readonly string[]] => [
  thenAt === null ? [] : lineOf(thenAt, day),
  todayAt === null ? [] : lineOf(todayAt),
]

/** Each answer in its bucket, then each question in its denominators. */
function counted(answers: readonly BucketedAnswer[], asked: readonly string[]): BucketedAnswer[] {
  const answered = new Set(
    answers.filter(([, bucket]) => !isOver(bucket) && !isRead(bucket)).map(([fieldId]) => fieldId),
  )
  return [
    ...answers,
    ...[...answered].map((fieldId) => [fieldId, ANSWERED, null] as const),
    ...asked.map((fieldId) => [fieldId, ASKED, null] as const),
  ]
}

/** All buckets that a report counts in. */
export const bucketsOfReport = ({ answers, asked, kind }: ReportFact): BucketedAnswer[] => [
  ...counted(answers, asked),
  [KIND, kind, null],
]

function foldReport({ cells, days, people }: Tallies, fact: ReportFact, lineOf: LineOf): void {
  const { sign, day, kind, outcome, member } = fact
  const month = monthStart(day)
  foldBuckets(cells, fact, bucketsOfReport(fact), lineOf)
  const [then, today] = reached(fact, lineOf)
  for (const [basis, line] of [
    ['then', then],
    ['today', today],
  ] as const)
    for (const territoryId of line) {
      days.add({ basis, territoryId, day, kind, outcome }, sign)
      people.add({ basis, territoryId, month, membershipId: member }, sign)
    }
}

/** Where a report counts, as few cells as tell both bases: each territory with how often. */
export function placesOf(fact: Placed, lineOf: LineOf): CountedAt[] {
  const [then, today] = reached(fact, lineOf)
  const { sign } = fact
  const at = (basis: CellBasis, territoryId: string, times: number): CountedAt => ({
    basis,
    territoryId,
    key: `${basis}\u0000${territoryId}`,
    times,
  })
  return [
    ...then.filter((id) => !today.includes(id)).map((id) => at('moved', id, sign)),
    ...today.map((id) => at('today', id, sign)),
    ...today.filter((id) => !then.includes(id)).map((id) => at('moved', id, -sign)),
  ]
}

function foldBuckets(
  cells: CellTally,
  fact: Pick<AnswersFact, 'outcome'> & Placed,
  buckets: readonly BucketedAnswer[],
  lineOf: LineOf,
): void {
  const { outcome } = fact
  const month = monthStart(fact.day)
  const places = placesOf(fact, lineOf)
  for (const [fieldId, bucket, value] of buckets)
    cells.add({ fieldId, month, bucket, outcome }, value ?? 0, places)
}

/** All buckets that an account or contact counts in. */
export const withAnswered = (answers: readonly BucketedAnswer[]): BucketedAnswer[] => counted(answers, [])

/** Stocks have no "asked": it is the number of accounts or contacts of the branch. */
function foldStock({ stocks }: Tallies, fact: StockFact, lineOf: LineOf): void {
  const buckets = withAnswered(fact.answers)
  for (const territoryId of lineOf(fact.territory)) {
    for (const [fieldId, bucket, value] of buckets) {
      stocks.add({ fieldId, territoryId, bucket }, fact.sign, fact.sign * (value ?? 0))
    }
  }
}
