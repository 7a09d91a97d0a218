import { UNKNOWN } from '../analytics/bucket.ts'
import { ANSWERED } from '../analytics/fact.ts'
import { addMonths, type Month, monthsOf, type Period } from '../analytics/period.ts'
import type { Outcome } from '../report/report.ts'
import { ALL, CountGrid, TOLD, type ToldOutcome } from './count-grid.ts'
import type { TerritoryTree } from './territory-tree.ts'

/**
 * What outcomes are set against. `reports`: nothing, the reports alone. `answer`: a question asked on reports. `delay`:
 * days since the visit before. `frequency`: visits in the year before. `profile`: a question about the account or its contact, counted
 * per account, whose outcome is "order" once it is won.
 */
export type Factor =
  | { readonly kind: 'answer' | 'profile'; readonly fieldId: string }
  | { readonly kind: 'reports' | 'delay' | 'frequency' }

export type FactorSpec = {
  readonly factor: Factor
  /** Where it is asked: this territory and all below. */
  readonly territoryId: string
  /** The buckets that are set against the others; of two that say the same, one (see `testedBuckets`). */
  readonly buckets: readonly string[]
  /** Where it is tested, as the tree counts territories; none: wherever there is enough. See `testedConcepts`. */
  readonly testedAt?: ((at: number) => boolean) | undefined
  /** What a run found of all homes and answers of the question, where these are a part of them (`Insight.varied`). */
  readonly varied?: number | undefined
}

/** One count as roll-ups keep it, but of a home alone: what lies below is not in it. */
export type CountCell = {
  readonly territoryId: string
  readonly month: Month
  readonly bucket: string
  readonly outcome: Outcome
  readonly n: number
}

/**
 * Counts of one factor over the branch where it is asked. What belongs to nothing known (a deleted territory, a retired
 * option, another period) is left out; such answers still count among the others, through the bucket "answered", which
 * every factor has.
 */
export class FactorCounts {
  readonly spec: FactorSpec
  readonly period: Period
  readonly tree: TerritoryTree
  /** First and one past the last territory; none when the factor's own is unknown. */
  readonly top: number
  readonly end: number
  /** The slot of "answered", after those of the buckets. */
  readonly answered: number
  readonly months: CountGrid
  readonly #monthAt: ReadonlyMap<Month, number>
  readonly #slotOf: ReadonlyMap<string, number>

  constructor(spec: FactorSpec, tree: TerritoryTree, period: Period, counted?: CountGrid) {
    const top = tree.at(spec.territoryId)
    const months = monthsOf(period)
    this.spec = spec
    this.tree = tree
    this.period = period
    this.top = top ?? 0
    this.end = top === undefined ? 0 : tree.endOf(top)
    this.answered = spec.buckets.length
    this.months = counted ?? new CountGrid(months.length, this.end - this.top, this.answered + 1)
    this.#monthAt = new Map(months.map((month, at) => [month, at]))
    this.#slotOf = new Map(spec.buckets.map((bucket, at) => [bucket, at]))
  }

  add(cell: CountCell): void {
    const home = this.tree.at(cell.territoryId)
    if (home !== undefined) this.#addTo(home, cell, 1)
  }

  /** One count with what lies below in it, as roll-ups keep them: what a territory holds is no count of its parent's own. */
  addBranch(cell: CountCell): void {
    const home = this.tree.at(cell.territoryId)
    if (home === undefined) return
    this.#addTo(home, cell, 1)
    const above = this.tree.parent[home] as number
    if (above >= 0) this.#addTo(above, cell, -1)
  }

  #addTo(home: number, { month, bucket, outcome, n }: CountCell, sign: 1 | -1): void {
    const monthAt = this.#monthAt.get(month)
    if (monthAt === undefined || home < this.top || home >= this.end) return
    // "I do not know" is no answer to be set against the others.
    const slot = bucket === ANSWERED || bucket === UNKNOWN ? this.answered : this.#slotOf.get(bucket)
    if (slot !== undefined)
      this.addAt(monthAt, home, slot, outcome, bucket === UNKNOWN ? -sign * n : sign * n)
  }

  /** The same by places, for who has them at hand; `home` as the tree counts. */
  addAt(month: number, home: number, slot: number, outcome: Outcome, n: number): void {
    const told = TOLD.indexOf(outcome as ToldOutcome)
    if (told >= 0) this.months.add(month, home - this.top, slot, told, n)
    this.months.add(month, home - this.top, slot, ALL, n)
  }

  /** The same as it was after so many of its months. */
  after(months: number): FactorCounts {
    const period = { from: this.period.from, to: addMonths(this.period.from, months - 1) }
    return new FactorCounts(this.spec, this.tree, period, this.months.first(months))
  }

  /** By calendar quarter. */
  quarters(): CountGrid {
    const quarterOf = (month: Month) =>
      Number(month.slice(0, 4)) * 4 + Math.floor((Number(month.slice(5)) - 1) / 3)
    const months = [...this.#monthAt.keys()]
    const first = quarterOf(this.period.from)
    return this.months.joined(months.map((month) => quarterOf(month) - first))
  }
}
