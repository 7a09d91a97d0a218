import type { Outcome } from '../report/report.ts'

/** The outcomes that are told: an order, and a next meeting. */
export const TOLD = ['order', 'revisit'] as const satisfies readonly Outcome[]
export type ToldOutcome = (typeof TOLD)[number]

/** Beside the told outcomes, all of them together. */
export const ALL = TOLD.length
const COLUMNS = TOLD.length + 1

/** Counts by step of time, home, slot and outcome, dense. Homes are counted from 0. */
export class CountGrid {
  readonly steps: number
  readonly homes: number
  readonly slots: number
  readonly #counts: Int32Array

  constructor(steps: number, homes: number, slots: number, counts?: Int32Array) {
    this.steps = steps
    this.homes = homes
    this.slots = slots
    this.#counts = counts ?? new Int32Array(steps * homes * slots * COLUMNS)
  }

  /** The first steps alone, of the same counts. */
  first(steps: number): CountGrid {
    return new CountGrid(steps, this.homes, this.slots, this.#counts)
  }

  add(step: number, home: number, slot: number, outcome: number, n: number): void {
    const at = this.#place(step, home, slot) + outcome
    this.#counts[at] = (this.#counts[at] as number) + n
  }

  get(step: number, home: number, slot: number, outcome: number): number {
    return this.#counts[this.#place(step, home, slot) + outcome] as number
  }

  /** The same with steps put together: `into` names the new step of each. */
  joined(into: readonly number[]): CountGrid {
    const grid = new CountGrid(Math.max(0, ...into.map((step) => step + 1)), this.homes, this.slots)
    const width = this.homes * this.slots * COLUMNS
    for (let step = 0; step < this.steps; step++) {
      const to = (into[step] as number) * width
      const from = step * width
      for (let at = 0; at < width; at++) {
        grid.#counts[to + at] = (grid.#counts[to + at] as number) + (this.#counts[from + at] as number)
      }
    }
    return grid
  }

  #place(step: number, home: number, slot: number): number {
    return ((step * this.homes + home) * this.slots + slot) * COLUMNS
  }
}
