import { type DueInsight, findDue, type Kept, keepChecked } from '@fieldback/db/insight/insight.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import { checkClaim, checkedSpec } from '@fieldback/domain/insight/check-claim'
import { type Counted, countAnswer, countReports, keptOf, openCounted, reading } from './count-factor.ts'
import type { InsightDeps } from './find.job.ts'

/** Insights that were looked at again, and those of them that no longer hold. */
export type Checked = { readonly insights: number; readonly gone: number }

/**
 * Between two runs: of what is shown and has in good part been counted anew, what no longer holds goes. Nothing is found. Each
 * is counted in the branch where it stands, and no more.
 */
export async function checkInsights({ db, now }: InsightDeps, orgId: string): Promise<Checked> {
  const due = await reading({ db, orgId }, (tx) => findDue(tx, orgId))
  let gone = 0
  for (const one of due) {
    const kept = await again({ db, orgId }, one)
    await inOrgSql(db, orgId, (tx) => keepChecked(tx, orgId, { of: one, kept, at: now() }))
    if (kept === null) gone += 1
  }
  return { insights: due.length, gone }
}

/** It as it is counted now, null when it no longer holds. */
async function again(
  deps: Pick<Counted, 'db' | 'orgId'>,
  { insight, branch }: DueInsight,
): Promise<Kept | null> {
  const { factor, period } = insight
  const fieldIds = 'fieldId' in factor ? [factor.fieldId] : []
  const counted = await openCounted(deps, period, { branch, fieldIds })
  const [counts] =
    'fieldId' in factor
      ? [await countAnswer(counted, checkedSpec(insight, counted.tree))]
      : await countReports(counted)
  const still = counts && checkClaim(insight, counts)
  return still ? keptOf(counted, still) : null
}
