import { GROUP_MIN } from '../analytics/group-size.ts'
import { BranchSums } from './branch-sums.ts'
import { standsOut, testClaim } from './claim-test.ts'
import { ALL, CountGrid, TOLD, type ToldOutcome } from './count-grid.ts'
import type { FactorCounts } from './factor-counts.ts'
import type { Family } from './family.ts'
import { fits, type Stratum } from './stratum.ts'
import type { TerritoryTree } from './territory-tree.ts'

/**
 * Each territory's outcomes beside those of its sisters, within quarters. Both sides hold five people or more: a smaller
 * one would be a person compared with others.
 */
export function testSisters(reports: FactorCounts, family: Family): void {
  const { tree, top, end } = reports
  const branches = gathered(reports.quarters(), tree, top)
  for (let above = top; above < end; above++) {
    const sisters = tree.childrenOf(above)
    // Of two, what one is more the other is less.
    for (const at of sisters.length === 2 ? sisters.slice(0, 1) : sisters) {
      if (!areGroups(tree, at, sisters)) continue
      for (const outcome of TOLD) testOne({ reports, branches, at, sisters, outcome }, family)
    }
  }
}

function areGroups(tree: TerritoryTree, at: number, sisters: readonly number[]): boolean {
  const people = (node: number) => tree.nodes[node]?.people ?? 0
  const others = sisters.reduce((sum, sister) => sum + (sister === at ? 0 : people(sister)), 0)
  return people(at) >= GROUP_MIN && others >= GROUP_MIN
}

/** Reports of each territory with all below. */
function gathered(own: CountGrid, tree: TerritoryTree, top: number): CountGrid {
  const grid = new CountGrid(own.steps, own.homes, 1)
  for (let home = own.homes - 1; home >= 0; home--) {
    const above = (tree.parent[home + top] as number) - top
    for (let step = 0; step < own.steps; step++) {
      for (let column = 0; column <= ALL; column++) {
        grid.add(step, home, 0, column, own.get(step, home, own.slots - 1, column))
        if (home > 0) grid.add(step, above, 0, column, grid.get(step, home, 0, column))
      }
    }
  }
  return grid
}

type Side = {
  readonly reports: FactorCounts
  readonly branches: CountGrid
  readonly at: number
  readonly sisters: readonly number[]
  readonly outcome: ToldOutcome
}

function testOne(side: Side, family: Family): void {
  const { at, outcome } = side
  const { tree, top, spec, period } = side.reports
  const strata = strataOf(side)
  const sums = new BranchSums(tree, at, at + 1)
  for (const stratum of strata) sums.add(at, stratum)
  const depth = tree.depthBelow(top, at) - 1
  if (!standsOut(family, { kind: 'sister', depth, sums, at })) return
  testClaim(family, {
    claim: {
      kind: 'sister',
      territoryId: tree.id(at),
      factor: spec.factor,
      bucket: null,
      outcome,
      month: null,
      compared: 'sisters',
      period,
    },
    depth,
    sums,
    at,
    strata: () => strata,
  })
}

function strataOf({ reports: { top }, branches, at, sisters, outcome }: Side): Stratum[] {
  const told = TOLD.indexOf(outcome)
  const all = (step: number, column: number) =>
    sisters.reduce((sum, sister) => sum + branches.get(step, sister - top, 0, column), 0)
  return Array.from({ length: branches.steps }, (_, step) => ({
    a: branches.get(step, at - top, 0, told),
    exposed: branches.get(step, at - top, 0, ALL),
    positive: all(step, told),
    n: all(step, ALL),
    part: step,
    cluster: step,
  })).filter((stratum) => stratum.n > 0 && fits(stratum))
}
