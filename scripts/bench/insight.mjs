import { randomUUIDv7 } from 'node:crypto'
import { checkInsights } from '../../packages/api/src/insight/check.job.ts'
import { runInsights } from '../../packages/api/src/insight/find.job.ts'
import { addDeltas } from '../../packages/db/src/analytics/fold.repo.ts'
import { openDb } from '../../packages/db/src/client.ts'
import { findJudgedMonth, markChanged } from '../../packages/db/src/insight/insight.repo.ts'
import { inOrgSql } from '../../packages/db/src/org-sql.ts'
import { bucketsOf } from '../../packages/domain/src/analytics/bucket.ts'
import { foldFacts } from '../../packages/domain/src/analytics/fold.ts'
import { campaignShare } from '../../packages/domain/src/insight/campaign.ts'
import { movedIn } from '../../packages/domain/src/insight/moved.ts'
import { answerTo } from './make-report.mjs'
import { openOrganisation } from './organisation.mjs'
import { timesOf } from './percentile.mjs'

/** Organisations of a kind of which something is shown over a year of monthly runs, or rightly named first. */
export function measureInsights({ organisations }, wanted) {
  return wanted.map((name) => {
    const kind = name.split('.')[1]
    return { name, value: campaignShare(kind, organisations), unit: 'share', n: organisations }
  })
}

/**
 * The monthly run of the generated organisation, and what reports that come late cost what is shown. Throws when nothing
 * is shown, since then nothing would be checked.
 */
export async function measureInsightJobs({ root, urls, plan }, { late, wanted }) {
  const db = openDb({ url: urls.worker, max: 4 })
  const at = new Date(`${plan.today}T12:00:00Z`)
  const deps = { db, now: () => at }
  try {
    const { shown, seconds } = await timeRun(deps, { root, url: urls.owner, orgId: plan.orgId })
    if (shown === 0) throw new Error('The run found nothing to show.')
    const lines = [{ name: 'insight.full.1m.seconds', value: seconds, unit: 's', n: 1, size: plan.reports }]
    if (wanted.includes('insight.incremental.ms')) {
      const { n, p50, p95 } = timesOf(await timeLate(deps, plan, late))
      lines.push({ name: 'insight.incremental.ms', value: p95, unit: 'ms', n, p50, p95, size: plan.reports })
    }
    return lines.filter(({ name }) => wanted.includes(name))
  } finally {
    await db.close()
  }
}

/** The worker may have made the run of this month as soon as there was something to judge, or while this one was made. */
async function timeRun(deps, organisation) {
  for (let tries = 0; tries < 3; tries++) {
    await forgetRuns(organisation)
    const start = performance.now()
    const { run, shown } = await runInsights(deps, organisation.orgId)
    if (run !== null) return { shown, seconds: (performance.now() - start) / 1_000 }
  }
  throw new Error('Others made the run each time.')
}

async function forgetRuns(organisation) {
  const client = await openOrganisation(organisation)
  try {
    await client.query('DELETE FROM insight')
    await client.query('DELETE FROM insight_run')
  } finally {
    await client.end()
  }
}

/** Phones that come back late, each at a home of its own, where the fewest reports stand behind something that is shown. */
const PHONES = 4

/**
 * The work that each of so many reports adds, one after the other, which come too late for the month that was judged
 * last: what they moved is marked, and what is due for it is checked. Not the fold itself.
 */
async function timeLate(deps, { orgId, territories, places, definitions }, late) {
  const month = await inOrgSql(deps.db, orgId, (tx) => findJudgedMonth(tx, orgId))
  const parents = new Map(territories.map(({ id, parentId }) => [id, parentId]))
  const lineOf = (id) => (id === null ? [] : [...lineOf(parents.get(id)), id])
  const fields = new Map(definitions.map((field) => [field.id, field]))
  const shown = await inOrgSql(
    deps.db,
    orgId,
    (tx) => tx.$queryRaw`
      SELECT territory_id AS id FROM insight WHERE org_id = ${orgId}::uuid
       GROUP BY territory_id ORDER BY min((said #>> '{here,n}')::int + (said #>> '{there,n}')::int)`,
  )
  const homes = shown
    .flatMap(({ id }) => places.find((place) => lineOf(place.home.id).includes(id)) ?? [])
    .slice(0, PHONES)
  const times = []
  const added = []
  let checked = 0
  for (let one = 0; one < late; one++) {
    const place = homes[one % homes.length]
    const asked = place.fieldIds.map((id) => fields.get(id))
    const fact = factOf(place.home.id, asked, `${month}-15`)
    added.push({ ...fact, sign: -1 })
    const deltas = foldFacts([fact], lineOf)
    const marking = await inOrgSql(deps.db, orgId, async (tx) => {
      await addDeltas(tx, orgId, deltas)
      const [taken] = await timed(() => markChanged(tx, orgId, movedIn(deltas, month)))
      // Checked below, not by the worker: it would do it meanwhile.
      await tx.$executeRaw`SELECT graphile_worker.remove_job('check_insights:' || ${orgId}::text)`
      return taken
    })
    const [checking, { insights }] = await timed(() => checkInsights(deps, orgId))
    times.push(marking + checking)
    checked += insights
  }
  // No report stands behind them: what is counted next is counted against rows.
  await inOrgSql(deps.db, orgId, (tx) => addDeltas(tx, orgId, foldFacts(added, lineOf)))
  if (checked === 0) throw new Error('Nothing was checked.')
  return times
}

async function timed(work) {
  const start = performance.now()
  const done = await work()
  return [performance.now() - start, done]
}

function factOf(home, asked, day) {
  const answers = asked.flatMap((field) =>
    bucketsOf(field.spec, answerTo(field.spec)).map(({ bucket, value }) => [field.id, bucket, value]),
  )
  const of = { of: 'report', sign: 1, thenAt: home, todayAt: home, day, kind: 'visit', outcome: 'order' }
  return { ...of, member: randomUUIDv7(), asked: asked.map(({ id }) => id), answers }
}
