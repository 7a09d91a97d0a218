import { Agent } from 'node:http'
import { askExplorer } from './ask-explorer.mjs'
import { openOrganisation } from './organisation.mjs'
import { percentile, timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

/**
 * One answer in each region over twelve months, as head office's explorer asks for it, over HTTP; beside it the same
 * figures by plain SQL over the reports. Throws when both do not say the same.
 */
export async function measureBreakdown({ root, url, urls, plan, password }, size) {
  const { cookie } = await signIn(
    url,
    plan.members.find(({ role }) => role === 'headquarters').email,
    password,
  )
  const asked = question(plan)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const client = await openOrganisation({ root, url: urls.app, orgId: plan.orgId })
  try {
    const ask = () => askExplorer({ url, cookie, agent }, asked.input)
    const count = () => countRows(client, plan.orgId, asked)
    requireSame(await ask(), await count())
    await timed(ask, size.warmUp)
    const plain = []
    const asking = []
    // By turns: what else the machine does falls on both.
    for (let round = 0; round < size.rounds; round++) {
      plain.push(...(await timed(count, 1)))
      asking.push(...(await timed(ask, size.ours)))
    }
    const ours = timesOf(asking)
    const baseline = percentile(plain, 0.95)
    return {
      name: 'hq.breakdown.1m.p95',
      value: ours.p95,
      unit: 'ms',
      baseline,
      ratio: baseline / ours.p95,
      ...ours,
      size: plan.reports,
    }
  } finally {
    agent.destroy()
    await client.end()
  }
}

async function timed(work, times) {
  const taken = []
  for (let at = 0; at < times; at++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  return taken
}

/**
 * The national question "decision maker", answered yes, over the twelve months that end now and the twelve before. The
 * input is the explorer's own for a share by territory.
 */
function question({ today, territories, definitions }) {
  const field = definitions.find(({ key }) => key === 'decideur')
  const last = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  const month = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  return {
    input: {
      territoryId: territories[0].id,
      basis: 'today',
      period: { from: month(last - 11), to: month(last) },
      measure: { of: 'share', fieldId: field.id, bucket: 'true' },
      split: [{ by: 'territory' }],
      compare: { with: 'previous' },
    },
    slot: field.slot,
    days: [last - 23, last - 11, last + 1].map((index) => `${month(index)}-01`),
  }
}

/** Typed column, joins by hash, people counted from groups rather than by sorting: the best plan that rows allow. */
async function countRows(client, orgId, { input, slot, days }) {
  const { rows } = await client.query({
    name: 'plain-breakdown',
    text: `
      WITH region AS MATERIALIZED (
        SELECT t.id, g.id AS region FROM territory t
          LEFT JOIN territory g ON g.org_id = t.org_id AND g.parent_id = $2 AND t.path >= g.path AND t.path < g.path || '~'
         WHERE t.org_id = $1),
      person AS MATERIALIZED (
        SELECT g.region, r.author_id, bool_or(r.day >= $4) AS lately,
               count(*) FILTER (WHERE r.day >= $4 AND r.${slot} IS NOT NULL) AS n,
               count(*) FILTER (WHERE r.day >= $4 AND r.${slot} = $6) AS k,
               count(*) FILTER (WHERE r.day < $4 AND r.${slot} IS NOT NULL) AS n_before,
               count(*) FILTER (WHERE r.day < $4 AND r.${slot} = $6) AS k_before
          FROM report r JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id JOIN region g ON g.id = a.territory_id
         WHERE r.org_id = $1 AND a.org_id = $1 AND r.status <> 'withdrawn' AND r.day >= $3 AND r.day < $5
         GROUP BY g.region, r.author_id)
      SELECT region, sum(n)::int AS n, sum(k)::int AS k, sum(n_before)::int AS n_before, sum(k_before)::int AS k_before,
             (count(DISTINCT author_id) FILTER (WHERE lately))::int AS people
        FROM person GROUP BY GROUPING SETS ((region), ())`,
    values: [orgId, input.territoryId, ...days, input.measure.bucket],
  })
  return rows
}

function requireSame(answer, rows) {
  const told = [...answer.rows.map(({ at: [id], ...sides }) => [id, sides]), [null, answer.total]]
  for (const [id, { now: figure, before }] of told) {
    const row = rows.find(({ region }) => region === id) ?? {
      n: 0,
      k: 0,
      people: 0,
      n_before: 0,
      k_before: 0,
    }
    const same =
      figure.n === row.n &&
      (figure.people ?? 0) === row.people &&
      (figure.k === null ? figure.hidden !== null || row.n === 0 : figure.k === row.k) &&
      (before === null || before.k === null || (before.k === row.k_before && before.n === row.n_before))
    if (!same)
      throw new Error(
        `Roll-ups and rows differ at ${id}: ${JSON.stringify({ figure, before })} against ${JSON.stringify(row)}.`,
      )
  }
  if (answer.total.now.n === 0) throw new Error('Nothing was counted.')
}
