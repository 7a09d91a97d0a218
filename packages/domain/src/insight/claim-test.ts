import type { BranchSums } from './branch-sums.ts'
import type { Family } from './family.ts'
import { type InsightClaim, keyOfClaim } from './insight.ts'
import type { Stratum } from './stratum.ts'
import { type Weighed, weigh } from './weigh.ts'

export type ClaimTest = {
  readonly claim: InsightClaim
  /** Below where the question is asked. */
  readonly depth: number
  /** Sums of the same strata, by territory, and where to read them. */
  readonly sums: BranchSums
  readonly at: number
  /** Made only for what stands out. */
  readonly strata: () => readonly Stratum[]
  readonly dispersion?: () => number
  /** The one direction worth telling, where only one is. */
  readonly only?: Weighed['direction']
  /** How many it concerns; those `here` unless said otherwise. */
  readonly concerned?: (weighed: Weighed) => number
}

/** Counts one test in its family, and proposes what it says when it may be told. */
export function testClaim(family: Family, test: ClaimTest): void {
  const { claim, depth, sums, at } = test
  if (!sums.enough(at)) return
  family.count(claim.kind, depth)
  const screened = sums.screen(at)
  if (screened === null) return
  const direction = sums.direction(at)
  const key = keyOfClaim(claim, direction)
  if (screened === 'old' && !family.shown.has(key)) return
  if (test.only !== undefined && direction !== test.only) return
  const weighed = weigh(test.strata(), test.dispersion?.())
  if (weighed === null) return
  const { atLeast, ...evidence } = weighed
  const concerned = test.concerned?.(weighed) ?? evidence.here.n
  family.propose({
    insight: { ...claim, key, ...evidence, usefulness: atLeast * concerned, accounts: [] },
    depth,
  })
}
