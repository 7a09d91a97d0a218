import { randomUUID } from 'node:crypto'
import { Failure } from './failure.mjs'
import { loadPg } from './workspace-require.mjs'

/** Without a step for so long, nobody counts. */
const SILENCE_MS = 120_000
const LOOK_MS = 1_000

/**
 * Asks the worker to compare (`check`) or to count again (`rebuild`) one organisation, or all; `status` asks for nothing.
 * Says how each stands and answers them. A name is what stands in its address, or its id.
 */
export async function askRollups({ root, ownerUrl, verb, organisation, say }) {
  return asOwner(root, ownerUrl, async (client) => {
    const { rows } = await client.query(
      'SELECT id, slug FROM organisation WHERE $1::text IS NULL OR slug = $1 OR id::text = $1 ORDER BY slug',
      [organisation],
    )
    if (rows.length === 0) throw new Failure(`There is no organisation ${organisation ?? 'yet'}.`)
    for (const { id, slug } of rows) {
      await within(client, id, () => ask(client, verb, id))
      say(`${slug}: ${await within(client, id, () => tell(client, id))}`)
    }
    return rows
  })
}

async function ask(client, verb, orgId) {
  const enqueue = (task) =>
    client.query('SELECT enqueue_job($1, $2::json, $3)', [
      task,
      JSON.stringify({ orgId }),
      `${task}:${orgId}`,
    ])
  if (verb === 'check') await enqueue('check_rollups')
  if (verb !== 'rebuild') return
  await client.query(
    `INSERT INTO rollup_rebuild (org_id, id, why) VALUES ($1, $2, 'operator') ON CONFLICT (org_id) WHERE ended_at IS NULL DO NOTHING`,
    [orgId, randomUUID()],
  )
  await enqueue('rebuild')
}

const STATE = `
  SELECT (SELECT count(*) FROM rollup_check WHERE org_id = $1)::int AS looks,
         (SELECT count(*) FROM rollup_check WHERE org_id = $1 AND drifted > 0 AND mended_at IS NULL)::int AS drifted,
         (SELECT to_char(max(checked_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM rollup_check WHERE org_id = $1) AS looked,
         r.done, cardinality(r.units) AS of, r.corrected, to_char(r.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS ended, r.id IS NOT NULL AS asked
    FROM (SELECT) AS one LEFT JOIN LATERAL (
      SELECT * FROM rollup_rebuild WHERE org_id = $1 ORDER BY asked_at DESC LIMIT 1) AS r ON TRUE`

async function tell(client, orgId) {
  const { rows } = await client.query(STATE, [orgId])
  const [row] = rows
  const looks =
    row.looks === 0
      ? 'not compared yet'
      : `${row.looks} figures compared, the last at ${row.looked} UTC, ${row.drifted} with a difference that stands`
  if (!row.asked) return looks
  return `${looks}; ${row.ended ? `counted again at ${row.ended} UTC` : progress(row)}, ${row.corrected} rows put right`
}

const progress = ({ done, of }) =>
  of === null ? 'waits to be counted again' : `counted again: ${done} of ${of} months`

/** Tells how rebuilds go on until all have ended. Throws a Failure when nothing moves. */
export async function followRebuilds({ root, ownerUrl, organisations, say }) {
  await asOwner(root, ownerUrl, async (client) => {
    const said = new Map()
    let moved = Date.now()
    for (;;) {
      let open = 0
      for (const { id, slug } of organisations) {
        const { rows } = await within(client, id, () => client.query(STATE, [id]))
        if (!rows[0].ended) open += 1
        const line = `${slug}: ${rows[0].ended ? 'counted again' : progress(rows[0])}, ${rows[0].corrected} rows put right`
        if (said.get(id) === line) continue
        said.set(id, line)
        moved = Date.now()
        say(line)
      }
      if (open === 0) return
      if (Date.now() - moved > SILENCE_MS)
        throw new Failure(
          'Nothing has moved for two minutes: does the worker run? What was asked for is kept, and goes on when it does; status tells how far it is.',
        )
      await new Promise((done) => setTimeout(done, LOOK_MS))
    }
  })
}

/** Row-level security holds the owner too. */
async function within(client, orgId, work) {
  await client.query('BEGIN')
  try {
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function asOwner(root, connectionString, work) {
  const client = new (loadPg(root).Client)({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
