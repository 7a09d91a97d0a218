import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ANSWERED } from '../analytics/fact.ts'
import { monthsOf, type Period } from '../analytics/period.ts'
import { checkClaim, checkedSpec } from './check-claim.ts'
import { type CountCell, type Factor, FactorCounts } from './factor-counts.ts'
import { findInsights, InsightSearch } from './find-insights.ts'
import type { Insight } from './insight.ts'
import { TerritoryTree } from './territory-tree.ts'

const PERIOD: Period = { from: '2025-01', to: '2025-12' }
const MONTHS = monthsOf(PERIOD)
const NODES = [
  { id: 'fr', parentId: null, people: 24 },
  ...['na', 'oc', 'bre'].map((id) => ({ id, parentId: 'fr', people: 8 })),
  ...['na', 'oc', 'bre'].flatMap((id) => [1, 2].map((at) => ({ id: `${id}${at}`, parentId: id, people: 4 }))),
]
const HOMES = NODES.slice(4).map(({ id }) => id)
const TREE = new TerritoryTree(NODES)

const rate = fc.nat({ max: 20 })
/** Orders among 20 reports a month, of each home, with answer a and with answer b; the last month apart. */
const world = fc.array(fc.tuple(rate, rate, rate, rate), { minLength: HOMES.length, maxLength: HOMES.length })
type World = readonly (readonly [number, number, number, number])[]

const cellsOf = (rates: World): CountCell[] =>
  HOMES.flatMap((territoryId, home) =>
    MONTHS.flatMap((month) =>
      (['a', 'b'] as const).flatMap((answer, at) =>
        [answer, ANSWERED].flatMap((bucket) => {
          const orders = rates[home]?.[month === PERIOD.to ? at + 2 : at] ?? 0
          return [
            { territoryId, month, bucket, outcome: 'order' as const, n: orders },
            { territoryId, month, bucket, outcome: 'none' as const, n: 20 - orders },
          ]
        }),
      ),
    ),
  )

/** The branch where one stands, of sisters the one above; and its counts alone. */
function branchOf({ kind, territoryId }: Insight) {
  const own = TREE.at(territoryId) as number
  const top = kind === 'sister' ? (TREE.parent[own] as number) : own
  return new TerritoryTree(TREE.nodes.slice(top, TREE.endOf(top)))
}

const filled = (counts: FactorCounts, cells: readonly CountCell[]): FactorCounts => {
  for (const cell of cells) counts.add(cell)
  return counts
}

const FACTORS: readonly { readonly factor: Factor; readonly buckets: readonly string[] }[] = [
  { factor: { kind: 'answer', fieldId: 'rival' }, buckets: ['a', 'b'] },
  { factor: { kind: 'profile', fieldId: 'size' }, buckets: ['a', 'b'] },
  { factor: { kind: 'reports' }, buckets: [] },
]

it('what is shown is checked in its own branch as among all territories, the homes differing as a run found', () => {
  let looked = 0
  fc.assert(
    fc.property(fc.constantFrom(...FACTORS), world, world, ({ factor, buckets }, before, now) => {
      const count = (rates: World, varied?: number) =>
        filled(new FactorCounts({ factor, territoryId: 'fr', buckets, varied }, TREE, PERIOD), cellsOf(rates))
      const found = findInsights({
        tree: TREE,
        period: PERIOD,
        run: 1,
        shown: [],
        activity: [],
        factors: [count(before)],
      })
      for (const shown of found) {
        const search = new InsightSearch({ tree: TREE, shown: [shown.key] })
        search.test(count(now, shown.varied))
        const [whole = null] = search.found(null)
        const tree = branchOf(shown)
        const counts = new FactorCounts(checkedSpec(shown, tree), tree, PERIOD)
        expect(checkClaim(shown, filled(counts, cellsOf(now)))).toEqual(whole)
        looked += 1
      }
    }),
    { numRuns: 200 },
  )
  expect(looked).toBeGreaterThan(20)
})
