import { BranchSums } from './branch-sums.ts'
import { standsOut, testClaim } from './claim-test.ts'
import { ALL, type CountGrid, TOLD, type ToldOutcome } from './count-grid.ts'
import { dispersion } from './dispersion.ts'
import type { FactorCounts } from './factor-counts.ts'
import type { Family } from './family.ts'
import type { InsightClaim } from './insight.ts'
import { fits, type Stratum, type Table } from './stratum.ts'

/**
 * Each bucket against the other answers, with each outcome, at each territory where there is enough: within home and
 * quarter, so that what differs between homes or seasons is not taken for it. Of accounts, the won ones alone.
 */
export function testAssociations(counts: FactorCounts, family: Family): void {
  const { top, end, spec } = counts
  const quarters = counts.quarters()
  const outcomes: readonly ToldOutcome[] = spec.factor.kind === 'profile' ? ['order'] : TOLD
  const tests = [...spec.buckets.keys()].flatMap((slot) =>
    outcomes.map((outcome) => ({ slot, outcome, sums: sumsOf(counts, quarters, { slot, outcome }) })),
  )
  const varied = spec.varied ?? variedness(tests.map(({ sums }) => sums))
  for (const { slot, outcome, sums } of tests) {
    sums.gather()
    for (let at = top; at < end; at++)
      if (spec.testedAt?.(at) !== false) testAt({ counts, quarters, varied, sums, at, slot, outcome }, family)
  }
}

type Told = { readonly slot: number; readonly outcome: ToldOutcome }

function sumsOf(counts: FactorCounts, quarters: CountGrid, { slot, outcome }: Told): BranchSums {
  const { top, end, tree } = counts
  const told = TOLD.indexOf(outcome)
  const sums = new BranchSums(tree, top, end)
  for (let home = top; home < end; home++) {
    for (let quarter = 0; quarter < quarters.steps; quarter++) {
      if (quarters.get(quarter, home - top, counts.answered, ALL) === 0) continue
      sums.add(home, tableOf(quarters, quarter, home - top, slot, told))
    }
  }
  return sums
}

/**
 * How much more the homes of a question differ than by chance, over all its answers. Visits to one account are alike, and
 * counts do not tell accounts apart: where answers stay with the account, homes show it together, though few at a time
 * could not.
 */
function variedness(all: readonly BranchSums[]): number {
  let [statistic, freedom] = [0, 0]
  for (const sums of all) {
    const spread = sums.spread()
    statistic += spread.statistic
    freedom += spread.freedom
  }
  return dispersion(statistic, freedom)
}

type Place = {
  readonly counts: FactorCounts
  readonly quarters: CountGrid
  readonly varied: number
  readonly sums: BranchSums
  readonly at: number
  readonly slot: number
  readonly outcome: ToldOutcome
}

function testAt(place: Place, family: Family): void {
  const { counts, sums, at, slot, outcome } = place
  const { spec, tree, top, period } = counts
  const ofAccounts = spec.factor.kind === 'profile'
  const kind = ofAccounts ? 'lookalike' : 'association'
  const depth = tree.depthBelow(top, at)
  if (!standsOut(family, { kind, depth, sums, at })) return
  const claim: InsightClaim = {
    kind,
    territoryId: tree.id(at),
    factor: spec.factor,
    bucket: spec.buckets[slot] ?? null,
    outcome,
    month: null,
    compared: ofAccounts ? 'other_accounts' : 'other_answers',
    period,
  }
  const strata = () => strataOf(place)
  testClaim(family, {
    claim,
    depth,
    sums,
    at,
    strata,
    varied: () => place.varied,
    // What won accounts are less is no reason to call on one; those already won need no call.
    ...(ofAccounts ? { only: 'more', concerned: ({ here }) => here.n - here.k } : {}),
  })
}

function tableOf(grid: CountGrid, step: number, home: number, slot: number, told: number): Table {
  const answered = grid.slots - 1
  return {
    a: grid.get(step, home, slot, told),
    exposed: grid.get(step, home, slot, ALL),
    positive: grid.get(step, home, answered, told),
    n: grid.get(step, home, answered, ALL),
  }
}

/** Parts are the branches directly below, or the quarters of a territory that has none. */
function strataOf({ counts: { tree, top }, quarters, at, slot, outcome }: Place): Stratum[] {
  const strata: Stratum[] = []
  const branchOf = tree.branchBelow(at)
  for (let home = at; home < tree.endOf(at); home++) {
    for (let quarter = 0; quarter < quarters.steps; quarter++) {
      const table = tableOf(quarters, quarter, home - top, slot, TOLD.indexOf(outcome))
      if (table.n <= 0 || !fits(table)) continue
      strata.push({ ...table, cluster: home, part: branchOf === null ? quarter : branchOf(home) })
    }
  }
  return strata
}
