import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { enqueueWaitingReassignments } from '@fieldback/db/account/reassignment.repo'
import { openDb } from '@fieldback/db/client'
import type { Log } from '@fieldback/domain/ports/runtime'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startWorker, type Worker } from './worker.ts'

const ACCOUNTS = 3_000
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

let world: TestWorld
let worker: Worker | null = null
let child: ChildProcess | null = null
beforeAll(async () => {
  world = await openTestWorld()
})
afterEach(async () => {
  await worker?.stop()
  child?.kill('SIGKILL')
})
afterAll(() => world.close())

/** Asks again every few milliseconds until it holds. */
async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const start = performance.now()
  while (!(await holds())) {
    if (performance.now() - start > withinMs) throw new Error(`not within ${withinMs} ms`)
    await new Promise((done) => setTimeout(done, 5))
  }
}

it('a worker killed in the middle of a reassignment, and of taking it back, leaves it where it is; the next one ends it, no account twice', {
  timeout: 240_000,
}, async () => {
  const { orgId, territories, people } = world.north
  const ids = Array.from({ length: ACCOUNTS }, () => randomUUID())
  await world.sql(
    orgId,
    `WITH made AS (
       INSERT INTO account (org_id, id, territory_id, kind, name, name_key, city)
       SELECT $1, id, $3, 'client', 'Compte ' || id, 'compte ' || id, 'Itxassou' FROM unnest($2::uuid[]) AS id RETURNING org_id, id, territory_id)
     INSERT INTO account_home (org_id, account_id, from_at, territory_id) SELECT org_id, id, '2026-01-01', territory_id FROM made`,
    [orgId, ids, territories.basque],
  )
  const { account } = world.callerFor(people.local)
  const state = async () => (await account.reassignments({ territoryId: territories.pyrenees }))[0]
  const at = async (place: string) => {
    const rows = await world.sql<{ n: number }>(
      orgId,
      `SELECT count(*)::int AS n FROM account WHERE city = 'Itxassou' AND territory_id = $1`,
      [place],
    )
    return rows[0]?.n ?? 0
  }
  const killedOnce = async (handled: () => Promise<number>) => {
    child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
      env: { PATH: process.env.PATH, DATABASE_DIRECT_URL: world.database.workerUrl },
    })
    await until(async () => (await handled()) > 0, 60_000)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await handled()).toBeLessThan(ACCOUNTS)
  }
  const takenUp = async (end: 'moved' | 'undone') => {
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log: silent, outside: world.deps })
    const db = openDb({ url: world.database.workerUrl, max: 1 })
    expect(await enqueueWaitingReassignments(db)).toBe(1)
    await db.close()
    await until(async () => (await state())?.state === end, 120_000)
    await worker.stop()
  }

  const filter = { territoryId: territories.pyrenees, town: 'itxassou' }
  const { id: reassignmentId } = await account.reassign({ filter, toId: territories.bearn })
  await killedOnce(async () => (await state())?.moved ?? 0)
  expect(await at(territories.bearn)).toBe((await state())?.moved)
  await takenUp('moved')
  expect([await at(territories.bearn), (await state())?.moved]).toEqual([ACCOUNTS, ACCOUNTS])

  await account.undoReassign({ reassignmentId })
  await killedOnce(async () => (await state())?.back ?? 0)
  await takenUp('undone')
  expect([await at(territories.basque), (await state())?.back]).toEqual([ACCOUNTS, ACCOUNTS])
  const [homes] = await world.sql<{ n: number }>(
    orgId,
    'SELECT count(*)::int AS n FROM account_home WHERE account_id = ANY ($1)',
    [ids],
  )
  expect(homes?.n).toBe(3 * ACCOUNTS)
})
