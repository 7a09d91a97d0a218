import type { Outcome, ReportKind } from '../report/report.ts'
import type { RollupFact } from './fact.ts'

export type Basis = 'then' | 'today'

/** What to add to a row of rollup_cell; `month` is YYYY-MM-01. */
export type CellDelta = {
  readonly fieldId: string
  readonly basis: Basis
  readonly territoryId: string
  readonly month: string
  readonly bucket: string
  readonly outcome: Outcome
  readonly n: number
  readonly sum: number
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
export type RollupDeltas = {
  readonly cells: readonly CellDelta[]
  readonly days: readonly DayDelta[]
  readonly people: readonly PersonDelta[]
  readonly stocks: readonly StockDelta[]
}

export declare function foldFacts(
  facts: readonly RollupFact[],
  ancestorsOf: (territoryId: string) => readonly string[],
): RollupDeltas
