import { SIDE_MIN } from '../analytics/group-size.ts'
import { excessOf, fits, type Table, varianceOf } from './stratum.ts'
import type { TerritoryTree } from './territory-tree.ts'

/** Counts of each outcome under which nothing is tested, besides SIDE_MIN a side. They do not depend on who goes with whom. */
const CASES_MIN = 15

/** Deviation under which no exact test is worth its time; its p-value is then taken for 1. */
const SCREEN = 3
/** The same for what is shown already, and only has to hold. */
const SCREEN_SHOWN = 1.9

/** Sums of the strata of each territory of a branch, its own first and then with all below: of one test per territory. */
export class BranchSums {
  readonly #tree: TerritoryTree
  readonly #top: number
  readonly #excess: Float64Array
  readonly #variance: Float64Array
  readonly #exposed: Float64Array
  readonly #positive: Float64Array
  readonly #n: Float64Array

  constructor(tree: TerritoryTree, top: number, end: number) {
    this.#tree = tree
    this.#top = top
    this.#excess = new Float64Array(end - top)
    this.#variance = new Float64Array(end - top)
    this.#exposed = new Float64Array(end - top)
    this.#positive = new Float64Array(end - top)
    this.#n = new Float64Array(end - top)
  }

  clear(): void {
    for (const sums of this.#all()) sums.fill(0)
  }

  add(at: number, table: Table): void {
    if (table.n <= 0 || !fits(table)) return
    const own = at - this.#top
    this.#excess[own] = (this.#excess[own] as number) + excessOf(table)
    this.#variance[own] = (this.#variance[own] as number) + varianceOf(table)
    this.#exposed[own] = (this.#exposed[own] as number) + table.exposed
    this.#positive[own] = (this.#positive[own] as number) + table.positive
    this.#n[own] = (this.#n[own] as number) + table.n
  }

  /**
   * How much homes differ around what those of the same parent have in common, since branches may truly differ: Pearson's
   * statistic and its freedom. Before `gather`.
   */
  spread(): { readonly statistic: number; readonly freedom: number } {
    const groups = new Map<number, number[]>()
    for (const [own, variance] of this.#variance.entries()) {
      if (variance <= 0) continue
      const above = this.#tree.parent[own + this.#top] as number
      const group = groups.get(above)
      if (group) group.push(own)
      else groups.set(above, [own])
    }
    let [statistic, freedom] = [0, 0]
    for (const homes of groups.values()) {
      const sum = (sums: Float64Array) => homes.reduce((total, own) => total + (sums[own] as number), 0)
      const slope = sum(this.#excess) / sum(this.#variance)
      for (const own of homes) {
        const variance = this.#variance[own] as number
        statistic += ((this.#excess[own] as number) - slope * variance) ** 2 / variance
      }
      freedom += homes.length - 1
    }
    return { statistic, freedom }
  }

  /** Adds what is below to each territory; once, after the last `add`. */
  gather(): void {
    for (const sums of this.#all()) {
      for (let own = sums.length - 1; own > 0; own--) {
        const above = (this.#tree.parent[own + this.#top] as number) - this.#top
        sums[above] = (sums[above] as number) + (sums[own] as number)
      }
    }
  }

  enough(at: number): boolean {
    const own = at - this.#top
    const n = this.#n[own] as number
    const exposed = this.#exposed[own] as number
    const positive = this.#positive[own] as number
    return (
      exposed >= SIDE_MIN && n - exposed >= SIDE_MIN && positive >= CASES_MIN && n - positive >= CASES_MIN
    )
  }

  /** What stands out, by its deviation: `new` is worth an exact test, `old` only when it is shown already. */
  screen(at: number): 'new' | 'old' | null {
    const own = at - this.#top
    const variance = this.#variance[own] as number
    if (variance <= 0) return null
    const deviation = Math.abs(this.#excess[own] as number) / Math.sqrt(variance)
    return deviation >= SCREEN ? 'new' : deviation >= SCREEN_SHOWN ? 'old' : null
  }

  direction(at: number): 'more' | 'less' {
    return (this.#excess[at - this.#top] as number) > 0 ? 'more' : 'less'
  }

  #all(): readonly Float64Array[] {
    return [this.#excess, this.#variance, this.#exposed, this.#positive, this.#n]
  }
}
