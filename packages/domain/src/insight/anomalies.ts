import { BranchSums } from './branch-sums.ts'
import { standsOut, testClaim } from './claim-test.ts'
import { ALL, type CountGrid, TOLD } from './count-grid.ts'
import type { FactorCounts } from './factor-counts.ts'
import type { Family } from './family.ts'
import { fits, type Stratum, type Table } from './stratum.ts'

/** Months of its own that a month is set beside: with fewer, how much months differ anyway is not known. */
const PAST_MIN = 6
const PAST_MAX = 12

/** A share whose month may stand out: of an outcome among reports, or of a bucket among answers. */
type Share = { readonly slot: number; readonly column: number }

/**
 * The last month of each territory beside its own past, within homes: how visits ended, and what was answered. How many
 * visits somebody made is not looked at: that would be watching, and says little.
 */
export function testAnomalies(counts: FactorCounts, family: Family): void {
  const { top, end, tree, spec, months } = counts
  const past = Math.min(PAST_MAX, months.steps - 1)
  if (past < PAST_MIN) return
  const shares: Share[] =
    spec.factor.kind === 'reports'
      ? [...TOLD.keys()].map((column) => ({ slot: counts.answered, column }))
      : [...spec.buckets.keys()].map((slot) => ({ slot, column: ALL }))
  const sums = new BranchSums(tree, top, end)
  for (const share of shares) {
    const tables = Array.from({ length: end - top }, (_, home) => tableOf(months, past, home, share))
    sums.clear()
    for (const [home, table] of tables.entries()) sums.add(home + top, table)
    sums.gather()
    for (let at = top; at < end; at++)
      if (spec.testedAt?.(at) !== false) testAt({ counts, past, share, tables, sums, at }, family)
  }
}

type Place = {
  readonly counts: FactorCounts
  readonly past: number
  readonly share: Share
  /** By home, from the top. */
  readonly tables: readonly Table[]
  readonly sums: BranchSums
  readonly at: number
}

function testAt(place: Place, family: Family): void {
  const { counts, share, sums, at } = place
  const { spec, tree, top, period } = counts
  const depth = tree.depthBelow(top, at)
  if (!standsOut(family, { kind: 'anomaly', depth, sums, at })) return
  testClaim(family, {
    claim: {
      kind: 'anomaly',
      territoryId: tree.id(at),
      factor: spec.factor,
      bucket: spec.buckets[share.slot] ?? null,
      outcome: TOLD[share.column] ?? null,
      month: period.to,
      compared: 'own_past',
      period,
    },
    depth,
    sums,
    at,
    strata: () => strataOf(place),
    varied: () => dispersionOf(place),
  })
}

function tableOf(months: CountGrid, past: number, home: number, { slot, column }: Share): Table {
  const last = months.steps - 1
  const answered = months.slots - 1
  let [positive, n] = [0, 0]
  for (let step = last - past; step <= last; step++) {
    positive += months.get(step, home, slot, column)
    n += months.get(step, home, answered, ALL)
  }
  return {
    a: months.get(last, home, slot, column),
    exposed: months.get(last, home, answered, ALL),
    positive,
    n,
  }
}

function strataOf({ counts: { tree, top }, tables, at }: Place): Stratum[] {
  const branchOf = tree.branchBelow(at)
  const strata: Stratum[] = []
  for (let home = at; home < tree.endOf(at); home++) {
    const table = tables[home - top] as Table
    if (table.n > 0 && fits(table)) strata.push({ ...table, cluster: home, part: branchOf?.(home) ?? at })
  }
  return strata
}

/** How much more the months before differ from each other than shares do by chance: Pearson's statistic, per freedom. */
function dispersionOf({ counts: { tree, top, months }, past, share, at }: Place): number {
  const before: [number, number][] = []
  for (let step = months.steps - 1 - past; step < months.steps - 1; step++) {
    let [k, n] = [0, 0]
    for (let home = at; home < tree.endOf(at); home++) {
      k += months.get(step, home - top, share.slot, share.column)
      n += months.get(step, home - top, months.slots - 1, ALL)
    }
    if (n > 0) before.push([k, n])
  }
  const k = before.reduce((sum, [cases]) => sum + cases, 0)
  const n = before.reduce((sum, [, all]) => sum + all, 0)
  const common = k / n
  if (before.length < 2 || !(common > 0 && common < 1)) return 1
  const statistic = before.reduce(
    (sum, [cases, all]) => sum + (cases - all * common) ** 2 / (all * common * (1 - common)),
    0,
  )
  return statistic / (before.length - 1)
}
