import type { BranchSums } from './branch-sums.ts'
import type { Family } from './family.ts'
import { type InsightClaim, type InsightKind, keyOfClaim } from './insight.ts'
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
  readonly varied?: () => number
  /** The one direction worth telling, where only one is. */
  readonly only?: Weighed['direction']
  /** How many it concerns; those `here` unless said otherwise. */
  readonly concerned?: (weighed: Weighed) => number
}

/** Whether a test is made, which is then counted in its family, and shows enough to be weighed. Most stop here. */
export function standsOut(
  family: Family,
  { kind, depth, sums, at }: Pick<ClaimTest, 'depth' | 'sums' | 'at'> & { readonly kind: InsightKind },
): boolean {
  if (!sums.enough(at)) return false
  family.count(kind, depth)
  return sums.screen(at) !== null
}

/** Proposes what stands out when it may be told. */
export function testClaim(family: Family, test: ClaimTest): void {
  const { claim, depth, sums, at } = test
  const direction = sums.direction(at)
  const key = keyOfClaim(claim, direction)
  if (sums.screen(at) === 'old' && !family.shown.has(key)) return
  if (test.only !== undefined && direction !== test.only) return
  const varied = test.varied?.()
  const weighed = weigh(test.strata(), varied)
  if (weighed === null) return
  const { atLeast, ...evidence } = weighed
  const concerned = test.concerned?.(weighed) ?? evidence.here.n
  family.propose({
    insight: { ...claim, key, ...evidence, varied, usefulness: atLeast * concerned, accounts: [] },
    depth,
  })
}
