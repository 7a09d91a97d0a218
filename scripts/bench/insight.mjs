import { checkInsights } from '../../packages/api/src/insight/check.job.ts'
import { runInsights } from '../../packages/api/src/insight/find.job.ts'
import { openDb } from '../../packages/db/src/client.ts'
import { inOrgSql } from '../../packages/db/src/org-sql.ts'
import { campaignShare } from '../../packages/domain/src/insight/campaign.ts'
import { timesOf } from './percentile.mjs'

/** Organisations of a kind of which something is shown over a year of monthly runs, or rightly named first. */
export function measureInsights({ organisations }, wanted) {
  return wanted.map((name) => {
    const kind = name.split('.')[1]
    return { name, value: campaignShare(kind, organisations), unit: 'share', n: organisations }
  })
}

/**
 * The monthly run of the generated organisation, and what one report that comes late costs what is shown: the
 * check of its question. Throws when nothing is shown, since then nothing would be checked.
 */
export async function measureInsightJobs({ urls, plan }, { late, wanted }) {
  const db = openDb({ url: urls.worker, max: 4 })
  // A month ahead: the run of this one may have been made.
  const at = new Date(Date.parse(plan.today) + 31 * 86_400_000)
  const deps = { db, now: () => at }
  try {
    const start = performance.now()
    const { run, shown } = await runInsights(deps, plan.orgId)
    const seconds = (performance.now() - start) / 1_000
    if (run === null || shown === 0) throw new Error('The run found nothing to show.')
    const lines = [{ name: 'insight.full.1m.seconds', value: seconds, unit: 's', n: 1, size: plan.reports }]
    if (wanted.includes('insight.incremental.ms')) {
      const times = []
      for (let one = 0; one < late; one++) times.push(await timeLate(deps, plan))
      const taken = timesOf(times)
      lines.push({
        name: 'insight.incremental.ms',
        value: taken.p50,
        unit: 'ms',
        ...taken,
        size: plan.reports,
      })
    }
    return lines.filter(({ name }) => wanted.includes(name))
  } finally {
    await db.close()
  }
}

/** As the fold marks it, but without asking the worker, which would be quicker. */
async function timeLate(deps, { orgId }) {
  const start = performance.now()
  await inOrgSql(
    deps.db,
    orgId,
    (tx) => tx.$executeRaw`
      UPDATE insight SET changes = changes + 1 WHERE org_id = ${orgId}::uuid AND field_id = (
        SELECT field_id FROM insight WHERE org_id = ${orgId}::uuid AND said -> 'factor' ->> 'kind' = 'answer' ORDER BY usefulness DESC LIMIT 1)`,
  )
  const { factors } = await checkInsights(deps, orgId)
  if (factors !== 1) throw new Error('Nothing was checked.')
  return performance.now() - start
}
