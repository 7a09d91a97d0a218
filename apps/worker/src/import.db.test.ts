import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { clientsFile } from '@fieldback/api/import/clients-file.fixture'
import { importSteps, inOnePiece } from '@fieldback/api/import/import-steps.fixture'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { openDb } from '@fieldback/db/client'
import { enqueuePurges } from '@fieldback/db/import/purge.repo'
import { enqueueWaitingImports } from '@fieldback/db/import/work.repo'
import type { Log } from '@fieldback/domain/ports/runtime'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { schedule } from './tasks.ts'
import { startWorker, type Worker } from './worker.ts'

const LINES = 8_000
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

const started = () =>
  spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, DATABASE_DIRECT_URL: world.database.workerUrl },
  })

it('a worker killed in the middle of an import, and of taking it back, leaves it where it is; the next one ends it, nothing twice', {
  timeout: 240_000,
}, async () => {
  const { orgId } = world.north
  const steps = importSteps(world)
  const count = async (from: string) => {
    const rows = await world.sql<{ n: number }>(orgId, `SELECT count(*)::int AS n FROM ${from}`)
    return rows[0]?.n
  }
  const importId = await steps.tried('accounts', [...clientsFile(LINES)].join(''))

  const killedIn = async (state: 'importing' | 'undoing', live: (handled: number) => number) => {
    child = started()
    await until(async () => (await steps.get(importId)).handled > 0, 60_000)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const left = await steps.get(importId)
    expect([left.state, left.handled < LINES]).toEqual([state, true])
    expect(await count(`account WHERE ref LIKE 'C%' AND deleted_at IS NULL`)).toBe(live(left.handled))
  }
  /** Its sign of life is fresh, so that it is not taken from a worker that may be alive; later it is. */
  const takenUp = async (state: 'done' | 'undone') => {
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log: silent, outside: world.deps })
    const db = openDb({ url: world.database.workerUrl, max: 1 })
    try {
      expect(await enqueueWaitingImports(db)).toBe(0)
      await world.sql(
        orgId,
        `UPDATE file_import SET heartbeat_at = now() - interval '1 minute' WHERE id = $1`,
        [importId],
      )
      expect(await enqueueWaitingImports(db)).toBe(1)
    } finally {
      await db.close()
    }
    await until(async () => (await steps.state(importId)) === state, 120_000)
    await worker.stop()
  }

  await steps.admin.import.run({ importId })
  await killedIn('importing', (handled) => handled)
  await takenUp('done')
  expect(await steps.counts(importId)).toMatchObject({ create: LINES, refused: 0, unchanged: 0 })
  expect(await count(`account WHERE ref LIKE 'C%'`)).toBe(LINES)
  expect(await count(`change WHERE kind = 'import.create'`)).toBe(LINES)
  expect(await count(`account_home h JOIN account a ON a.id = h.account_id WHERE a.ref LIKE 'C%'`)).toBe(
    LINES,
  )

  await steps.admin.import.undo({ importId })
  await killedIn('undoing', (handled) => LINES - handled)
  await takenUp('undone')
  expect((await steps.get(importId)).undone).toEqual({ back: LINES, kept: 0 })
  expect(await count(`account WHERE ref LIKE 'C%' AND deleted_at IS NULL`)).toBe(0)
  expect(await count(`change WHERE kind = 'import.undo'`)).toBe(LINES)
})

it('lines of imports that are long over are deleted by the worker’s schedule, in the organisations that have some', async () => {
  const { orgId } = world.north
  const steps = importSteps(world)
  const importId = await steps.imported('accounts', 'Ref;Nom\nZ1;Ancien\n')
  const lines = async () =>
    (await world.sql(orgId, 'SELECT 1 FROM import_line WHERE import_id = $1', [importId])).length
  const db = openDb({ url: world.database.workerUrl, max: 1 })
  try {
    expect(await enqueuePurges(db)).toBe(0)
    await world.sql(orgId, `UPDATE file_import SET finished_at = now() - interval '31 days' WHERE id = $1`, [
      importId,
    ])
    await expect(
      world.db.prisma.$queryRaw`SELECT purgeable_imports(interval '1 day', interval '1 day')`,
    ).rejects.toThrow(/permission denied/)
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log: silent, outside: world.deps })
    await world.db.prisma.$executeRaw`SELECT enqueue_job('sweep_purges', '{}'::json, 'sweep_purges')`
    await until(async () => (await lines()) === 0, 20_000)
    expect(await enqueuePurges(db)).toBe(0)
  } finally {
    await db.close()
  }
  expect(schedule.map(({ task }) => task)).toContain('sweep_purges')
})

it('a file whose server was killed before it was noted goes after a day; one that an import names stays', async () => {
  const { orgId } = world.north
  const steps = importSteps(world)
  const [named, lost] = [await steps.send('accounts', 'Nom\nUn\n'), crypto.randomUUID()]
  const { storage } = world.deps
  await storage.put(`imports/${lost}`, inOnePiece('Nom\nPerdu\n'), { maxBytes: 99 })
  const waiting = (importId: string) =>
    world.sql<{ later: boolean }>(
      orgId,
      `SELECT run_at > now() + interval '23 hours' AS later FROM graphile_worker.jobs WHERE key = $1`,
      [`import_file:${importId}`],
    )
  const ask = (importId: string, due: boolean) =>
    world.db.prisma
      .$executeRaw`SELECT enqueue_job('import_file', ${JSON.stringify({ orgId, importId, due })}::json, ${`import_file:${importId}`})`
  worker = await startWorker({ databaseUrl: world.database.workerUrl, log: silent, outside: world.deps })
  await ask(lost, false)
  await until(async () => (await waiting(lost))[0]?.later === true, 20_000)
  await until(async () => (await waiting(named))[0]?.later === true, 20_000)
  expect(await storage.exists(`imports/${lost}`)).toBe(true)
  // Put back once it was read, which takes it away.
  await until(async () => !(await storage.exists(`imports/${named}`)), 20_000)
  await storage.put(`imports/${named}`, inOnePiece('Nom\nUn\n'), { maxBytes: 99 })
  for (const importId of [named, lost]) {
    await ask(importId, true)
    await until(async () => (await waiting(importId)).length === 0, 20_000)
  }
  expect([await storage.exists(`imports/${named}`), await storage.exists(`imports/${lost}`)]).toEqual([
    true,
    false,
  ])
})
