import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../../packages/api/src/analytics/fold.job.ts'
import { appRouter } from '../../packages/api/src/root.ts'
import { push } from '../../packages/api/src/sync/push.ts'
import { openTestWorld } from '../../packages/api/src/test-world.ts'
import { createCallerFactory } from '../../packages/api/src/trpc.ts'
import { openDb } from '../../packages/db/src/client.ts'
import { openReplica, positionOf } from '../../packages/db/src/replica.ts'
import { readState } from '../lib/data-folder.mjs'
import { startPostgres } from '../lib/postgres.mjs'
import { loadPg } from '../lib/workspace-require.mjs'
import { root, startOwnCluster } from './own-cluster.fixture.mjs'

const createCaller = createCallerFactory(appRouter)
const LAG_MS = 10_000

let cluster
let standby
let world
let replica
let replicaUrl
const told = []
const log = { warn: (event) => told.push(event) }
let now = 0

beforeAll(async () => {
  cluster = await startOwnCluster()
  world = await openTestWorld()
  standby = await startStandby()
  const url = new URL(world.database.appUrl)
  url.port = String(standby.port)
  replicaUrl = url.href
  replica = openReplica({ url: replicaUrl, max: 2, log, lag: LAG_MS, clock: () => now })
}, 120_000)
beforeEach(() => void told.splice(0))
afterAll(async () => {
  await replica?.close()
  await standby?.stop()
  await world?.close()
  await cluster?.stop()
}, 60_000)

/** A streaming standby, from a copy of the files made in backup mode: no other program is needed for it. */
async function startStandby() {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldback-standby-'))
  chmodSync(dataDir, 0o711)
  const { postgresFolder = join(cluster.dataDir, 'postgres') } = readState(cluster.dataDir)
  const folder = join(dataDir, 'postgres')
  const primary = new (loadPg(root).Client)({ connectionString: cluster.superuserUrl })
  await primary.connect()
  await primary.query(`SELECT pg_backup_start('standby', true)`)
  execFileSync('cp', ['-a', postgresFolder, folder])
  const { rows } = await primary.query('SELECT labelfile, spcmapfile FROM pg_backup_stop()')
  await primary.end()
  for (const file of ['postmaster.pid', 'postmaster.opts']) rmSync(join(folder, file), { force: true })
  writeFileSync(join(folder, 'backup_label'), rows[0].labelfile)
  writeFileSync(join(folder, 'standby.signal'), '')
  const { secrets, port } = cluster
  const conninfo = `host=127.0.0.1 port=${port} user=postgres password=${secrets.superuser}`
  appendFileSync(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`)
  const { uid, gid } = statSync(postgresFolder)
  for (const file of ['backup_label', 'standby.signal'])
    execFileSync('chown', [`${uid}:${gid}`, join(folder, file)])
  const start = () =>
    startPostgres({
      root,
      dataDir,
      password: secrets.superuser,
      processes: cluster.processes,
      env: process.env,
    })
  let running = await start()
  const query = async (text) => {
    const client = new (loadPg(root).Client)({ connectionString: running.superuserUrl })
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }
  return {
    port: running.port,
    query,
    kill: async () => {
      process.kill(running.handle.pid, 'SIGKILL')
      await running.handle.exited
    },
    startAgain: async () => {
      running = await start()
    },
    stop: async () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

const callerOf = (session, written = null, from = replica) =>
  createCaller({ deps: { ...world.deps, replica: from }, session, written })

/** Reports that figures of the last months count, as somebody reads them. */
async function counted(written = null, from = replica) {
  const { people, territories } = world.north
  const { total } = await callerOf(people.hq, written, from).analytics.overview({
    territoryId: territories.france,
    basis: 'today',
    period: { from: '2026-09', to: '2026-11' },
    grain: 'month',
  })
  return total.reports
}

async function file(count) {
  const operations = Array.from({ length: count }, () => ({
    opId: randomUUID(),
    entityId: randomUUID(),
    seq: 1,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'report.create',
    body: {
      accountId: world.north.accounts.basque.id,
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: '2026-11-19',
      note: null,
      fieldSet: 'none',
      values: {},
      seconds: {},
      durationSeconds: 20,
    },
  }))
  await push(world.deps, world.north.people.basqueRep, operations)
  await fold({ db: world.db }, world.north.orgId)
  return positionOf(world.db)
}

/** The primary's own answer. */
const truth = () => counted(null, null)

/** Waits until the standby has all that the primary has written. */
async function caughtUp() {
  const position = await positionOf(world.db)
  await expect
    .poll(() => standby.query(`SELECT pg_last_wal_replay_lsn() >= '${position}' AS yes`), { timeout: 20_000 })
    .toEqual([{ yes: true }])
}

describe('figures read from a replica', () => {
  it('are those of the replica, as long as it is not further behind than it may', async () => {
    await caughtUp()
    const before = await counted()
    now += LAG_MS
    await standby.query('SELECT pg_wal_replay_pause()')
    await file(5)
    expect(await truth()).toBe(before + 5)
    expect(await counted()).toBe(before)
    // Who looked a while ago saw how far the primary was: the replica must have come there.
    now += LAG_MS
    expect(await counted()).toBe(before + 5)
    await standby.query('SELECT pg_wal_replay_resume()')
    expect(told).toEqual([])
  })

  it('hold what their reader wrote: it is waited for a little, then the primary answers', async () => {
    await caughtUp()
    const before = await counted()
    now += LAG_MS
    await standby.query('SELECT pg_wal_replay_pause()')
    const written = await file(3)
    expect([await counted(), await counted(written)]).toEqual([before, before + 3])
    const waiting = counted(written)
    await standby.query('SELECT pg_wal_replay_resume()')
    expect(await waiting).toBe(before + 3)
    await caughtUp()
    expect([await counted(), await counted(written)]).toEqual([before + 3, before + 3])
  })

  it('wait for nothing that was never written, whatever a browser says', async () => {
    await caughtUp()
    await standby.query('SELECT pg_wal_replay_pause()')
    const written = await file(1)
    const took = async (position) => {
      const start = performance.now()
      await counted(position)
      return performance.now() - start
    }
    const inVain = await took(written)
    await standby.query('SELECT pg_wal_replay_resume()')
    await caughtUp()
    expect(await took('FFFFFFFF/0')).toBeLessThan(inVain / 2)
  })

  it('are not shown to somebody who has just lost his right', async () => {
    await caughtUp()
    const { orgId, people, territories } = world.north
    const look = () => callerOf(people.local).analytics.place({ territoryId: territories.pyrenees })
    await look()
    now += LAG_MS
    await standby.query('SELECT pg_wal_replay_pause()')
    await world.sql(orgId, 'UPDATE membership SET revoked_at = now() WHERE id = $1', [
      people.local.membershipId,
    ])
    await expect(look()).rejects.toThrow('MEMBERSHIP_REVOKED')
    await standby.query('SELECT pg_wal_replay_resume()')
  })

  it('are held by row-level security there too, and nothing is written', async () => {
    await caughtUp()
    const db = openDb({ url: replicaUrl, max: 1 })
    const { rows } = await db.pool.query(
      'SELECT (SELECT count(*) FROM territory)::int AS n, pg_is_in_recovery() AS standby',
    )
    expect(rows).toEqual([{ n: 0, standby: true }])
    const write = () => db.pool.query('DELETE FROM rollup_cell')
    await expect(write()).rejects.toThrow('read-only transaction')
    await db.close()
    const other = await callerOf(world.other.people.hq).analytics.place({ territoryId: null })
    expect(other.roots.map(({ id }) => id)).toEqual([world.other.territories.france])
    const foreign = callerOf(world.other.people.hq).analytics.place({
      territoryId: world.north.territories.france,
    })
    await expect(foreign).rejects.toThrow()
  })

  it('come from the primary where the address leads to no standby', async () => {
    const wrong = openReplica({ url: world.database.appUrl, max: 1, log, lag: LAG_MS })
    expect(await counted(null, wrong)).toBe(await truth())
    await wrong.close()
  })

  it('come from the primary while the replica is away, which is told once, and from it again afterwards', async () => {
    await caughtUp()
    const before = await counted()
    await standby.kill()
    expect([await counted(), await counted()]).toEqual([before, before])
    expect(told).toEqual(['replica.away'])
    await standby.startAgain()
    now += LAG_MS
    await caughtUp()
    await counted()
    now += LAG_MS
    await standby.query('SELECT pg_wal_replay_pause()')
    await file(1)
    expect(await counted()).toBe(before)
    expect(told).toEqual(['replica.away'])
    await standby.query('SELECT pg_wal_replay_resume()')
  })
})
