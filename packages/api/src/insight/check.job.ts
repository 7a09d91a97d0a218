import { type ChangedFactor, findChanged, keepChecked } from '@fieldback/db/insight/insight.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import { InsightSearch } from '@fieldback/domain/insight/find-insights'
import { type Counted, countQuestion, countReports, openCounted, reading } from './count-factor.ts'
import { type InsightDeps, keptOf } from './find.job.ts'

/** Factors that were looked at again, and insights of theirs that no longer hold. */
export type Checked = { readonly factors: number; readonly gone: number }

/** Between two runs: of what is shown and has been counted anew, what no longer holds goes. Nothing is found. */
export async function checkInsights({ db, now }: InsightDeps, orgId: string): Promise<Checked> {
  const changed = await reading({ db, orgId }, (tx) => findChanged(tx, orgId))
  let gone = 0
  for (const one of changed) {
    const { factor, period, shown } = one
    const counted = await openCounted({ db, orgId }, period, 'fieldId' in factor ? [factor.fieldId] : [])
    const search = new InsightSearch({ tree: counted.tree, shown: shown.map(({ key }) => key) })
    for (const counts of await countAgain(counted, one)) search.test(counts)
    const kept = keptOf(search.found(null), counted.tree)
    await inOrgSql(db, orgId, (tx) => keepChecked(tx, orgId, { period, shown, kept, at: now() }))
    gone += shown.length - kept.length
  }
  return { factors: changed.length, gone }
}

async function countAgain(counted: Counted, { factor }: ChangedFactor) {
  if (!('fieldId' in factor)) return countReports(counted)
  const field = counted.definitions.get(factor.fieldId)
  const counts = field && (await countQuestion(counted, field))
  return counts ? [counts] : []
}
