import type { Insight, InsightKind } from './insight.ts'

/** The share of everything ever shown that may be chance alone. */
const LEVEL = 0.05

/** Half of the level goes to the first so many runs, half of what is left to as many again, and so on. */
const HALF_LIFE = 12

/**
 * What run `run` (1, 2, ...) may spend: the sum over all runs, however many, is the level. What was spent up to run r
 * is LEVEL * r / (r + HALF_LIFE).
 */
export function levelOfRun(run: number): number {
  return (LEVEL * HALF_LIFE) / ((run + HALF_LIFE - 1) * (run + HALF_LIFE))
}

/** What each kind may spend of a run's level; together 1. */
const SHARES: Readonly<Record<InsightKind, number>> = {
  association: 1 / 2,
  lookalike: 1 / 8,
  sister: 1 / 8,
  anomaly: 1 / 8,
  cold: 1 / 8,
}

export type Candidate = { readonly insight: Insight; readonly depth: number }

/**
 * One family of tests: all kinds and territories of an organisation at one run. A group is a kind at a depth below
 * where its question is asked; each depth may spend half of what the one above may.
 */
export class Family {
  /** Keys of what is shown already. */
  readonly shown: ReadonlySet<string>
  /** Tests made, by kind and then by depth. */
  readonly #sizes = new Map<InsightKind, number[]>()
  readonly #candidates: Candidate[] = []

  constructor(shown: Iterable<string>) {
    this.shown = new Set(shown)
  }

  /** Every test that is made counts, whatever comes of it. */
  count(kind: InsightKind, depth: number, tests = 1): void {
    const sizes = this.#sizes.get(kind) ?? []
    sizes[depth] = (sizes[depth] ?? 0) + tests
    this.#sizes.set(kind, sizes)
  }

  propose(candidate: Candidate): void {
    this.#candidates.push(candidate)
  }

  get candidates(): readonly Candidate[] {
    return this.#candidates
  }

  /**
   * What run `run` finds: the procedure of Benjamini and Hochberg with a weight per group (C. R. Genovese, K. Roeder,
   * L. Wasserman, "False discovery control with p-value weighting", Biometrika 93 (2006), 509-524).
   */
  found(run: number): Insight[] {
    const level = levelOfRun(run)
    const scaled = this.#candidates
      .map(({ insight, depth }) => ({ insight, q: insight.p * this.#cost(insight.kind, depth) }))
      .sort((a, b) => a.q - b.q)
    const last = scaled.findLastIndex(({ q }, at) => q <= level * (at + 1))
    return scaled.slice(0, last + 1).map(({ insight }) => insight)
  }

  #cost(kind: InsightKind, depth: number): number {
    const size = this.#sizes.get(kind)?.[depth] ?? 1
    return size / (SHARES[kind] * 2 ** -(depth + 1))
  }
}
