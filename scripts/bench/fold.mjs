import { randomUUID } from 'node:crypto'
import { BY_OUTCOME } from '../../packages/db/src/analytics/outcome-columns.ts'
import { openDb } from '../../packages/db/src/client.ts'
import { askForFold } from '../../packages/db/src/sync/enqueue.ts'
import { KIND } from '../../packages/domain/src/analytics/fact.ts'
import { openOrganisation, untilFolded } from './organisation.mjs'
import { timesOf } from './percentile.mjs'

/** A root, regions, departments and sectors of a country: 1,500 territories in all. */
const UNDER = [13, 8, 14]
const SECTORS = 1_382
const ANSWERS = 12

const TREE = [
  `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1::uuid, $1, 'fold-' || $1, '[]', gen_random_uuid())`,
  `INSERT INTO territory (org_id, id, rank, name, path) SELECT $1::uuid, i, 0, 'root', i || '/' FROM gen_random_uuid() i`,
  ...UNDER.map(
    (under, depth) =>
      `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
       SELECT $1::uuid, i, t.id, ${depth + 1}, 'place', t.path || i || '/' FROM territory t, generate_series(1, ${under}) n, LATERAL (SELECT gen_random_uuid() AS i WHERE n > 0) g
        WHERE t.org_id = $1::uuid AND t.rank = ${depth}${depth === 2 ? ` ORDER BY n LIMIT ${SECTORS}` : ''}`,
  ),
]

/** Facts as pushes leave them, drawn by hashes: half of the questions by number, half by option, over two months. */
const FACTS = `
  WITH home AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS of FROM territory WHERE org_id = $1 AND rank = 3)
  INSERT INTO rollup_outbox (org_id, fact)
  SELECT $1, jsonb_build_object('of', 'report', 'sign', 1, 'thenAt', h.id, 'todayAt', h.id, 'day', '2026-10-01'::date + g % 60, 'kind', 'visit',
           'outcome', (ARRAY['order', 'quote', 'revisit', 'none'])[1 + abs(hashint4(g + 7)) % 4], 'member', md5('member ' || h.k)::uuid, 'asked', $2::jsonb,
           'answers', (SELECT jsonb_agg(CASE WHEN i % 2 = 1 THEN jsonb_build_array($2::jsonb -> (i - 1), 'option-' || (g / 7 + i) % 5, NULL)
                                             ELSE jsonb_build_array($2::jsonb -> (i - 1), (g % 40 / 5 * 5)::text, g % 40) END)
                         FROM generate_series(1, jsonb_array_length($2::jsonb)) i))
    FROM generate_series($3::int, $4::int) g JOIN home h ON h.k = abs(hashint4(g)) % h.of ORDER BY g`

/** What the facts that wait add, by plain SQL: the cells they must become. */
const CELLS = `
  SELECT (b ->> 0)::uuid AS field_id, unnest(string_to_array(rtrim(t.path, '/'), '/'))::uuid AS territory_id,
         date_trunc('month', (f.fact ->> 'day')::date)::date AS month, b ->> 1 AS bucket, f.fact ->> 'outcome' AS outcome, coalesce((b ->> 2)::float8, 0) AS value
    FROM rollup_outbox f JOIN territory t ON t.org_id = f.org_id AND t.id = (f.fact ->> 'todayAt')::uuid
    CROSS JOIN LATERAL (
      SELECT b FROM jsonb_array_elements(f.fact -> 'answers') b
      UNION ALL SELECT jsonb_build_array(b -> 0, '_answered', 0) FROM jsonb_array_elements(f.fact -> 'answers') b
      UNION ALL SELECT jsonb_build_array(b, '_asked', 0) FROM jsonb_array_elements(f.fact -> 'asked') b
      UNION ALL SELECT jsonb_build_array('${KIND}', f.fact -> 'kind', 0)) AS k (b)
   WHERE f.org_id = $1`

/**
 * Reports a second that the worker folds of many that wait, over 1,500 territories; the cells are compared with those that
 * plain SQL makes of the same facts, which is timed beside it.
 */
export async function measureFoldRate(context, { facts }) {
  const { client, orgId, fields, close } = await openCountry(context)
  try {
    await client.query(FACTS, [orgId, JSON.stringify(fields), 1, facts])
    const start = performance.now()
    await client.query(
      `CREATE TEMP TABLE expected AS SELECT field_id, territory_id, month, bucket, outcome, count(*)::int AS n, sum(value) AS sum FROM (${CELLS}) c GROUP BY 1, 2, 3, 4, 5`,
      [orgId],
    )
    const plain = facts / ((performance.now() - start) / 1_000)
    await client.query(`SELECT enqueue_job('fold', json_build_object('orgId', $1::text), 'fold:' || $1)`, [
      orgId,
    ])
    const seconds = await untilFolded(client)
    const { rows } = await client.query(
      `SELECT count(*)::int AS cells, count(*) FILTER (WHERE e.n IS DISTINCT FROM c.n OR abs(e.sum - c.sum) > 1e-6 * greatest(1, abs(e.sum)))::int AS wrong
         FROM expected e FULL JOIN (SELECT c.*, o.* FROM rollup_cell c ${BY_OUTCOME} WHERE org_id = $1 AND o.n <> 0) c USING (field_id, territory_id, month, bucket, outcome)`,
      [orgId],
    )
    if (rows[0].wrong > 0) throw new Error(`${rows[0].wrong} of ${rows[0].cells} cells are wrong.`)
    const value = facts / seconds
    return { name: 'fold.rate', value, unit: 'reports/s', baseline: plain, ratio: value / plain, n: facts }
  } finally {
    await close()
  }
}

const A_TICK = { reports: 50, ms: 100 }

/** Milliseconds from the commit of reports that come at 500 a second until they are counted. */
export async function measureFoldLag(context, { seconds }) {
  const { client, orgId, fields, close } = await openCountry(context)
  const db = openDb({ url: context.urls.app, max: 2 })
  const waiting = []
  const lags = []
  const look = async () => {
    const { rows } = await client.query(
      'SELECT coalesce(min(id), 9223372036854775807)::text AS first FROM rollup_outbox WHERE org_id = $1',
      [orgId],
    )
    const now = performance.now()
    while (waiting.length > 0 && BigInt(waiting[0].last) < BigInt(rows[0].first))
      lags.push(now - waiting.shift().at)
  }
  try {
    const start = performance.now()
    for (let tick = 0; tick < (seconds * 1_000) / A_TICK.ms; tick++) {
      const from = tick * A_TICK.reports + 1
      await client.query(FACTS, [orgId, JSON.stringify(fields), from, from + A_TICK.reports - 1])
      // As phones that send one report each.
      for (let one = 0; one < A_TICK.reports; one++) askForFold(db, orgId).catch(() => {})
      const { rows } = await client.query(
        'SELECT max(id)::text AS last FROM rollup_outbox WHERE org_id = $1',
        [orgId],
      )
      if (rows[0].last !== null) waiting.push({ at: performance.now(), last: rows[0].last })
      while (performance.now() < start + (tick + 1) * A_TICK.ms) {
        await look()
        await new Promise((done) => setTimeout(done, 10))
      }
    }
    const late = performance.now() - start - seconds * 1_000
    if (late > seconds * 100)
      throw new Error(`500 reports a second were not reached: ${Math.round(late)} ms late.`)
    while (waiting.length > 0) {
      await look()
      await new Promise((done) => setTimeout(done, 10))
    }
    const { n, p50, p95 } = timesOf(lags)
    return { name: 'fold.lag.p95', value: p95, unit: 'ms', n, p50, p95 }
  } finally {
    await db.close()
    await close()
  }
}

/** An organisation of its own, removed at the end: what is measured next must not find its cells. */
async function openCountry({ root, urls }) {
  const orgId = randomUUID()
  const client = await openOrganisation({ root, url: urls.owner, orgId })
  for (const statement of TREE) await client.query(statement, [orgId])
  const fields = Array.from({ length: ANSWERS }, () => randomUUID())
  const close = async () => {
    for (const table of ['rollup_outbox', 'rollup_cell', 'rollup_day', 'rollup_person'])
      await client.query(`DELETE FROM ${table} WHERE org_id = $1`, [orgId])
    for (const rank of [3, 2, 1, 0])
      await client.query('DELETE FROM territory WHERE org_id = $1 AND rank = $2', [orgId, rank])
    await client.query('DELETE FROM organisation WHERE id = $1', [orgId])
    await client.end()
  }
  return { client, orgId, fields, close }
}
