import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { rollups, truth } from '../../packages/api/src/analytics/rollup-truth.ts'
import { push } from '../../packages/api/src/sync/push.ts'
import { arrangeField, openTestWorld } from '../../packages/api/src/test-world.ts'
import { fieldSetHash } from '../../packages/domain/src/field/field-set.ts'
import { root, startOwnCluster } from './own-cluster.fixture.mjs'

let cluster
let world
let org
let fields
let form
const children = []

beforeAll(async () => {
  cluster = await startOwnCluster()
  world = await openTestWorld()
  const { north, sql } = world
  org = north.orgId
  const at = { territoryId: north.territories.france, entity: 'report' }
  fields = []
  for (let n = 0; n < 12; n++)
    fields.push(
      await arrangeField(sql, north, { ...at, key: `q${n}`, spec: { type: 'yes_no', reportable: true } }),
    )
  const members = fields.map((id) => [id, 1])
  form = fieldSetHash(members)
  await sql(org, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    org,
    form,
    JSON.stringify(members),
  ])
}, 120_000)
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
})
afterAll(async () => {
  await world?.close()
  await cluster?.stop()
}, 60_000)

/** Files so many reports of twelve answers in three sectors, in batches as phones send them. */
async function file(count) {
  const { accounts, people } = world.north
  const places = [
    [accounts.basque, people.basqueRep],
    [accounts.bearn, people.bearnRep],
    [accounts.finistere, people.bretonRep],
  ]
  for (let done = 0; done < count; done += 100) {
    const [account, by] = places[(done / 100) % places.length]
    const operations = Array.from({ length: 100 }, (_, n) => ({
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      capturedAt: '2026-11-20T09:00:00.000Z',
      clockOffset: 0,
      kind: 'report.create',
      body: {
        accountId: account.id,
        contactId: null,
        kind: 'visit',
        outcome: ['order', 'quote', 'none'][n % 3],
        day: `2026-${n % 2 === 0 ? '10' : '11'}-${String(1 + (n % 19)).padStart(2, '0')}`,
        note: null,
        fieldSet: form,
        values: Object.fromEntries(fields.map((id, at) => [id, { v: 1, x: (n + at) % 3 === 0 }])),
        seconds: {},
        durationSeconds: 20,
      },
    }))
    const answers = await push(world.deps, by, operations)
    expect(answers.filter(({ status }) => status !== 'applied')).toEqual([])
  }
}

const waiting = async () => {
  const [row] = await world.sql(org, 'SELECT count(*)::int AS n FROM rollup_outbox')
  return row.n
}

const lastWords = ({ said, exitCode, signalCode }) =>
  `${said.slice(-2_000)} (${exitCode ?? signalCode ?? 'runs'})`

async function until(holds, withinMs = 60_000) {
  const end = Date.now() + withinMs
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms:\n${children.map(lastWords).join('\n')}`)
    await new Promise((done) => setTimeout(done, 2))
  }
}

function run(script, env, args = []) {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    env: { PATH: process.env.PATH, ...env },
  })
  children.push(child)
  child.said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      child.said += String(chunk)
    })
  return child
}
const startWorker = () => run('apps/worker/src/main.ts', { DATABASE_DIRECT_URL: world.database.workerUrl })

const FOLDS = `SELECT FROM pg_locks WHERE relation = 'rollup_cell'::regclass AND mode = 'RowExclusiveLock'`

/** A worker that has written cells of a fold, and not committed them. */
async function folding() {
  const worker = startWorker()
  await until(async () => (await world.sql(org, FOLDS)).length > 0)
  return worker
}

/** What the sweep does each minute for the job that was lost with its worker. */
const askFold = () =>
  world.sql(org, 'SELECT enqueue_job($1, $2::json, $3)', [
    'fold',
    JSON.stringify({ orgId: org }),
    `fold:${org}`,
  ])

/** The sweep itself, without waiting for its minute. */
const askSweep = () => world.sql(org, `SELECT enqueue_job('sweep', '{}'::json, 'sweep')`)

async function same() {
  const [have, want] = [await rollups(world, org), await truth(world, org)]
  // Rows apart are few where something is wrong, and all rows are thousands: these alone are told.
  const apart = Object.entries(want).flatMap(([table, rows]) => {
    const [kept, said] = [new Set(have[table]), new Set(rows)]
    return [
      ...rows.filter((row) => !kept.has(row)).map((row) => `${table} lacks ${row}`),
      ...have[table].filter((row) => !said.has(row)).map((row) => `${table} has ${row}`),
    ]
  })
  expect(apart).toEqual([])
}

describe('roll-ups equal the truth after kill -9 in the middle of folds', () => {
  it('of the worker', async () => {
    for (let time = 0; time < 2; time++) {
      await file(1_500)
      const worker = await folding()
      worker.kill('SIGKILL')
      await once(worker, 'exit')
      expect(await waiting()).toBeGreaterThan(0)
    }
    startWorker()
    await askFold()
    await until(async () => (await waiting()) === 0)
    await same()
  }, 180_000)

  it('of the database, under a worker that goes on by itself', async () => {
    await file(1_500)
    const worker = await folding()
    await cluster.killAndStart()
    await until(async () => (await askSweep()) && true)
    await until(async () => (await waiting()) === 0, 180_000)
    expect(worker.exitCode).toBeNull()
    await same()
  }, 240_000)

  it('of both, while a rebuild counts them again at the operator’s word', async () => {
    await file(1_500)
    await world.sql(org, 'UPDATE rollup_cell SET n_none = n_none + 5')
    await world.sql(org, `DELETE FROM rollup_day WHERE basis = 'today'`)
    const env = { DATABASE_OWNER_URL: world.database.ownerUrl }
    const asked = run('scripts/rollups.mjs', env, ['rebuild', '--organisation', 'north'])
    await until(async () => asked.said.includes('waits to be counted again'))
    const worker = startWorker()
    await until(async () => (await world.sql(org, 'SELECT FROM rollup_rebuild WHERE done > 0')).length > 0)
    worker.kill('SIGKILL')
    await cluster.killAndStart()
    const [{ done }] = await world.sql(org, 'SELECT done FROM rollup_rebuild')
    expect(done).toBeGreaterThan(0)
    startWorker()
    await askFold()
    const again = run('scripts/rollups.mjs', env, ['rebuild'])
    const [code] = await once(again, 'exit')
    expect([code, again.said]).toEqual([0, expect.stringContaining('north: counted again')])
    await until(async () => (await waiting()) === 0)
    await same()
  }, 240_000)
})

describe('the command about roll-ups', () => {
  it('tells what it takes, and what is not there', async () => {
    const env = { DATABASE_OWNER_URL: world.database.ownerUrl }
    const said = async (args) => {
      const child = run('scripts/rollups.mjs', env, args)
      const [code] = await once(child, 'exit')
      return [code, child.said.trim()]
    }
    expect(await said([])).toEqual([1, expect.stringContaining('check|rebuild|status')])
    expect(await said(['status', '--organisation', 'nobody'])).toEqual([
      1,
      'There is no organisation nobody.',
    ])
    expect(await said(['status'])).toEqual([0, expect.stringMatching(/north: .*rows put right\nother: /)])
  }, 60_000)
})
