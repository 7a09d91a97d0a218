import { monthStart } from '../agenda/day.ts'
import { OUTCOMES, type Outcome } from '../report/report.ts'
import type { LineOf } from '../territory/path-then.ts'
import type { ReportFact } from './fact.ts'
import { bucketsOfReport, type CellBasis, placesOf } from './fold.ts'
import { crossed, type IdPair } from './pair.ts'

/** What to add to a row of pair_cell; `month` is YYYY-MM-01. Buckets and sums are those of the pair's a and b. */
export type PairDelta = {
  readonly pairId: string
  readonly basis: CellBasis
  readonly territoryId: string
  readonly bucketA: string
  readonly bucketB: string
  readonly month: string
  readonly n: Readonly<Record<Outcome, number>>
  readonly sumA: number
  readonly sumB: number
}

type Row = Omit<PairDelta, 'n' | 'sumA' | 'sumB'> & { n: Record<Outcome, number>; sumA: number; sumB: number }

/** What facts of reports add to a pair, one row per key in its order, on the same territories and bases as their answers alone. */
export function foldPair(
  facts: readonly ReportFact[],
  { id: pairId, ...pair }: IdPair & { readonly id: string },
  lineOf: LineOf,
): PairDelta[] {
  const rows = new Map<string, Row>()
  for (const fact of facts) {
    const cells = crossed(bucketsOfReport(fact), pair)
    if (cells.length === 0) continue
    const month = monthStart(fact.day)
    for (const { basis, territoryId, times } of placesOf(fact, lineOf))
      for (const { a: bucketA, b: bucketB, sumA, sumB } of cells) {
        const key = [basis, territoryId, bucketA, bucketB, month].join('\u0000')
        const row = rows.get(key) ?? {
          pairId,
          basis,
          territoryId,
          bucketA,
          bucketB,
          month,
          n: { order: 0, quote: 0, revisit: 0, none: 0 },
          sumA: 0,
          sumB: 0,
        }
        row.n[fact.outcome] += times
        row.sumA += times * sumA
        row.sumB += times * sumB
        rows.set(key, row)
      }
  }
  return [...rows]
    .filter(
      ([, { n, sumA, sumB }]) => OUTCOMES.some((outcome) => n[outcome] !== 0) || sumA !== 0 || sumB !== 0,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
}
