import type { FactorCounts, FactorSpec } from './factor-counts.ts'
import { InsightSearch } from './find-insights.ts'
import type { Insight } from './insight.ts'
import type { TerritoryTree } from './territory-tree.ts'

/**
 * Of what an insight was counted from, the part that has to be counted anew before it is looked at again: less than that
 * turns nothing that is told, and what a branch of ten sends a year would otherwise be read at each report.
 */
export const CHECKED_SHARE = 0.01

/** What is counted again of one that is shown, in the branch where it stands: its own answer against all others. */
export const checkedSpec = ({ factor, bucket, varied }: Insight, tree: TerritoryTree): FactorSpec => ({
  factor,
  territoryId: tree.id(0),
  buckets: bucket === null ? [] : [bucket],
  varied,
})

/** What is shown, as `counts` say it now, of the same accounts; null when they no longer do. */
export function checkClaim({ key, accounts }: Insight, counts: FactorCounts): Insight | null {
  const search = new InsightSearch({ tree: counts.tree, shown: [key] })
  search.test(counts)
  const [still] = search.found(null)
  return still ? { ...still, accounts } : null
}
