import { BranchSums } from './branch-sums.ts'
import { standsOut, testClaim } from './claim-test.ts'
import { ALL, type CountGrid, TOLD, type ToldOutcome } from './count-grid.ts'
import type { FactorCounts } from './factor-counts.ts'
import type { Family } from './family.ts'
import type { InsightClaim } from './insight.ts'
import { fits, type Stratum, type Table } from './stratum.ts'

/**
 * Each bucket against the other answers, with each outcome, at each territory where there is enough: within home and
 * quarter, so that what differs between homes or seasons is not taken for it. Of accounts, the won ones alone.
 */
export function testAssociations(counts: FactorCounts, family: Family): void {
  const { top, end, tree, spec } = counts
  const quarters = counts.quarters()
  const sums = new BranchSums(tree, top, end)
  const outcomes: readonly ToldOutcome[] = spec.factor.kind === 'profile' ? ['order'] : TOLD
  for (const slot of spec.buckets.keys()) {
    for (const outcome of outcomes) {
      const told = TOLD.indexOf(outcome)
      sums.clear()
      for (let home = top; home < end; home++) {
        for (let quarter = 0; quarter < quarters.steps; quarter++) {
          if (quarters.get(quarter, home - top, counts.answered, ALL) === 0) continue
          sums.add(home, tableOf(quarters, quarter, home - top, slot, told))
        }
      }
      sums.gather()
      for (let at = top; at < end; at++) testAt({ counts, quarters, sums, at, slot, outcome }, family)
    }
  }
}

type Place = {
  readonly counts: FactorCounts
  readonly quarters: CountGrid
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
