import { openOrganisation } from './organisation.mjs'
import { timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

/** What a move is promised for. */
const REPORTS = 10_000
const FOLLOW_MS = 30_000

/**
 * A local territory with about 10,000 reports goes under another region and back, as an administrator's screen asks it,
 * over HTTP; how long the worker then takes to count it there is told. Throws when a row of a report was written, or figures did
 * not follow.
 */
export async function measureMove({ root, url, urls, plan, password }, { times, tell }) {
  const { email } = plan.members.find(({ role }) => role === 'administrator')
  const { cookie } = await signIn(url, email, password)
  const client = await openOrganisation({ root, url: urls.owner, orgId: plan.orgId })
  try {
    const { id, path, parent_id: home, reports } = await nearest(client)
    const { id: away } = await another(client, home)
    const move = async (parentId) => {
      const start = performance.now()
      await ask(url, cookie, { territoryId: id, parentId })
      return performance.now() - start
    }
    // What the servers read for the first time is read again by each of the next.
    for (const parentId of [away, home]) {
      await move(parentId)
      await followed(client)
    }
    const before = await counted(client, away)
    const taken = []
    const follow = []
    for (let at = 0; at < times * 2; at++) {
      taken.push(await move(at % 2 ? home : away))
      follow.push(await followed(client))
      const gained = (await counted(client, away)) - before
      const expected = at % 2 ? 0 : reports
      if (gained !== expected) throw new Error(`${gained} reports followed the territory, of ${expected}.`)
    }
    tell(`figures followed a move after ${timesOf(follow).p50} ms, p95 ${timesOf(follow).p95}`)
    const written = await reportsWritten(client, path)
    if (written > 0) throw new Error(`Moves wrote ${written} rows of reports.`)
    const { n, p50, p95 } = timesOf(taken)
    return { name: 'territory.move.ms', value: p95, unit: 'ms', n, p50, p95, size: reports }
  } finally {
    await client.end()
  }
}

/** The local territory whose reports are nearest to what is promised. */
async function nearest(client) {
  const { rows } = await client.query(
    `SELECT t.id, t.path, t.parent_id, sum(d.n)::int AS reports FROM territory t
       JOIN rollup_day d ON d.org_id = t.org_id AND d.basis = 'today' AND d.territory_id = t.id
      WHERE t.rank = 2 GROUP BY t.org_id, t.id ORDER BY abs(sum(d.n) - $1) LIMIT 1`,
    [REPORTS],
  )
  return rows[0]
}

async function another(client, home) {
  const { rows } = await client.query(
    'SELECT id FROM territory WHERE rank = 1 AND id <> $1 ORDER BY path LIMIT 1',
    [home],
  )
  return rows[0]
}

/** Milliseconds until the figures of the last move are in place. */
async function followed(client) {
  const start = performance.now()
  for (;;) {
    const { rows } = await client.query('SELECT FROM rollup_shift')
    const waited = performance.now() - start
    if (rows.length === 0) return waited
    if (waited > FOLLOW_MS) throw new Error('Figures did not follow the territory.')
    await new Promise((done) => setTimeout(done, 5))
  }
}

async function counted(client, territoryId) {
  const { rows } = await client.query(
    `SELECT coalesce(sum(n), 0)::int AS n FROM rollup_day WHERE basis = 'today' AND territory_id = $1`,
    [territoryId],
  )
  return rows[0].n
}

/** Rows of reports that the transaction of a move wrote; typed columns follow afterwards, in the background. */
async function reportsWritten(client, path) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM territory t JOIN report r ON r.org_id = t.org_id AND r.territory_id = t.id
      WHERE starts_with(t.path, $1) AND EXISTS (SELECT FROM branch_move m WHERE m.org_id = r.org_id AND m.xmin = r.xmin)`,
    [path],
  )
  return rows[0].n
}

async function ask(url, cookie, input) {
  const response = await fetch(`${url}/api/trpc/territory.move`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(input),
  })
  if (!response.ok)
    throw new Error(`The move was answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
}
