import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { push } from '@fieldback/api/sync/push'
import { arrangeField, openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { enqueueWaitingFolds } from '@fieldback/db/analytics/fold.repo'
import { openDb } from '@fieldback/db/client'
import { enqueueWaitingCounts } from '@fieldback/db/field/change-count.repo'
import { readOf } from '@fieldback/domain/analytics/fact'
import type { Log } from '@fieldback/domain/ports/runtime'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startWorker, type Worker } from './worker.ts'

let world: TestWorld
let worker: Worker | null = null
let child: ChildProcess | null = null
const lines: string[] = []
const note = (event: string, fields?: object) => void lines.push(JSON.stringify({ event, ...fields }))
const log: Log = { info: note, warn: note, error: note }

beforeAll(async () => {
  world = await openTestWorld()
})
afterEach(async () => {
  await worker?.stop()
  worker = null
  child?.kill('SIGKILL')
  child = null
  lines.length = 0
})
afterAll(() => world.close())

async function fileReport(): Promise<void> {
  const account = world.north.accounts.basque
  const operation = {
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
      outcome: 'order',
      day: '2026-11-20',
      note: 'Une phrase que le journal ne doit pas contenir',
      fieldSet: 'none',
      values: {},
      seconds: {},
      durationSeconds: 30,
    },
  }
  const answers = await push(world.deps, world.north.people.basqueRep, [operation])
  expect(answers).toMatchObject([{ status: 'applied' }])
}

async function counted(): Promise<number> {
  const [row] = await world.sql<{ n: number }>(
    world.north.orgId,
    `SELECT coalesce(sum(n), 0)::int AS n FROM rollup_day WHERE basis = 'then' AND territory_id = $1`,
    [world.north.territories.france],
  )
  return row?.n ?? 0
}

/** Asks again every few milliseconds until it holds; answers how long it took. */
async function until(holds: () => Promise<boolean>, withinMs: number): Promise<number> {
  const start = performance.now()
  while (!(await holds())) {
    if (performance.now() - start > withinMs) throw new Error(`not within ${withinMs} ms`)
    await new Promise((done) => setTimeout(done, 5))
  }
  return performance.now() - start
}

async function lag(): Promise<number> {
  const rows = await world.db.prisma.$queryRaw<{ lag: number }[]>`SELECT job_lag_seconds() AS lag`
  return rows[0]?.lag ?? 0
}

const startChild = () => {
  child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, DATABASE_DIRECT_URL: world.database.workerUrl },
  })
  child.stdout?.on('data', (chunk) => lines.push(...String(chunk).trim().split('\n')))
  return child
}

describe('the worker', () => {
  it('counts a report within a second of its arrival, and says nothing of what it holds', async () => {
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
    const before = await counted()
    const waits: number[] = []
    for (let i = 1; i <= 10; i++) {
      await fileReport()
      waits.push(await until(async () => (await counted()) === before + i, 10_000))
    }
    // Most of them: a machine that does other work may keep one waiting.
    expect(waits.sort((a, b) => a - b)[5]).toBeLessThan(1_000)
    expect(lines.join('\n')).toContain('"task":"fold"')
    expect(lines.join('\n')).not.toContain('phrase')
  })

  it('takes up what waited while no worker ran; until then the lag shows', async () => {
    const before = await counted()
    await fileReport()
    await until(async () => (await lag()) > 0.05, 2_000)
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
    await until(async () => (await counted()) === before + 1, 5_000)
    await until(async () => (await lag()) === 0, 2_000)
  })

  it('shows the lag of a job that keeps failing, between its tries too', async () => {
    await world.db.prisma.$executeRaw`SELECT enqueue_job('fold', '{"orgId":"nobody"}', 'fold:nobody')`
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
    await until(async () => lines.some((line) => line.includes('job.failed')), 5_000)
    await until(async () => (await lag()) > 0.3, 2_000)
    await worker.stop()
    worker = null
    await world.db.prisma
      .$executeRaw`SELECT enqueue_job('fold', ${JSON.stringify({ orgId: world.north.orgId })}::json, 'fold:nobody')`
  })
})

describe('a database that goes away for a moment', () => {
  const dropConnections = () =>
    world.sql(
      world.north.orgId,
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND datname = current_database()',
      [new URL(world.database.workerUrl).username],
    )

  // While it begins, each of its first queries may be the one that is lost.
  it.each([0, 5, 10, 15, 20, 30, 300])(
    '%i ms after its beginning does not end the worker: it counts what came meanwhile',
    async (ms) => {
      worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
      const before = await counted()
      await new Promise((done) => setTimeout(done, ms))
      await dropConnections()
      await fileReport()
      await until(async () => (await counted()) === before + 1, 20_000)
    },
  )
})

describe('facts whose job was lost', () => {
  it('are found again, in every organisation that has some and no other', async () => {
    const { north, other } = world
    for (const { orgId } of [north, other]) {
      await world.sql(orgId, 'INSERT INTO rollup_outbox (org_id, fact) VALUES ($1, $2)', [
        orgId,
        JSON.stringify({ of: 'stock', sign: 1, territory: randomUUID(), answers: [] }),
      ])
    }
    const db = openDb({ url: world.database.workerUrl, max: 2 })
    try {
      expect(await enqueueWaitingFolds(db)).toBe(2)
      worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
      await until(async () => (await enqueueWaitingFolds(db)) === 0, 5_000)
    } finally {
      await db.close()
    }
  })

  it('are named to the worker alone: the application may not ask', async () => {
    await expect(world.db.prisma.$queryRaw`SELECT waiting_folds()`).rejects.toThrow(/permission denied/)
  })
})

describe('the process', () => {
  it('ends on SIGTERM by itself, with code 0 and its connections closed', async () => {
    const running = startChild()
    await until(async () => lines.some((line) => line.includes('worker.started')), 20_000)
    const before = await counted()
    await fileReport()
    await until(async () => (await counted()) === before + 1, 5_000)
    running.kill('SIGTERM')
    const [code] = await once(running, 'exit')
    expect(code).toBe(0)
    expect(lines.at(-1)).toContain('worker.stopped')
  })

  it('killed in the middle of a fold loses and doubles nothing: the next sweep has the rest counted', async () => {
    const { orgId, territories, people } = world.north
    const before = await counted()
    const fact = {
      of: 'report',
      sign: 1,
      thenAt: territories.france,
      todayAt: territories.france,
      kind: 'visit',
      outcome: 'order',
      member: people.basqueRep.membershipId,
      asked: [],
      answers: [],
    }
    const facts = 20_000
    await world.sql(
      orgId,
      `INSERT INTO rollup_outbox (org_id, fact)
       SELECT $1, $2::jsonb || jsonb_build_object('day', '2026-10-01'::date + g % 40) FROM generate_series(1, ${facts}) AS g`,
      [orgId, JSON.stringify(fact)],
    )
    await world.db.prisma
      .$executeRaw`SELECT enqueue_job('fold', ${JSON.stringify({ orgId })}::json, ${`fold:${orgId}`})`
    const running = startChild()
    await until(async () => (await counted()) > before, 20_000)
    running.kill('SIGKILL')
    await once(running, 'exit')
    expect(await counted()).toBeLessThan(before + facts)
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
    const db = openDb({ url: world.database.workerUrl, max: 1 })
    try {
      expect(await enqueueWaitingFolds(db)).toBe(1)
    } finally {
      await db.close()
    }
    await until(async () => (await counted()) >= before + facts, 20_000)
    expect(await counted()).toBe(before + facts)
  })

  it('killed in the middle of counting a changed type loses and doubles nothing', async () => {
    const { orgId, territories, people } = world.north
    const owner = { territoryId: territories.france, entity: 'account' } as const
    const key = 'Farine'
    const flour = await arrangeField(world.sql, world.north, { ...owner, key, spec: { type: 'short_text' } })
    const accounts = 5_000
    await world.sql(
      orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, "values")
       SELECT $1, gen_random_uuid(), $2, 'client', 'Fournil', 'fournil', $3 FROM generate_series(1, ${accounts})`,
      [orgId, territories.basque, JSON.stringify({ [flour]: { v: 1, x: 'blé' } })],
    )
    const { fieldId } = await world.callerFor(people.hq).field.retype({
      fieldId: flour,
      version: 1,
      spec: {
        label: { fr: 'Farine' },
        why: { fr: 'Pour proposer la bonne' },
        type: 'single_choice',
        options: [
          { id: 'wheat', label: { fr: 'Blé' } },
          { id: 'rye', label: { fr: 'Seigle' } },
        ],
        required: false,
        reportable: true,
        position: 0,
        shared: false,
        givebacks: [{ kind: 'badge' }],
      },
      way: { map: {}, steps: [] },
    })
    const read = async (): Promise<number> => {
      const [row] = await world.sql<{ n: number }>(
        orgId,
        'SELECT n FROM stock_cell WHERE field_id = $1 AND territory_id = $2 AND bucket = $3',
        [fieldId, territories.france, readOf('wheat')],
      )
      return row?.n ?? 0
    }
    const running = startChild()
    await until(async () => (await read()) > 0, 20_000)
    running.kill('SIGKILL')
    await once(running, 'exit')
    expect(await read()).toBeLessThan(accounts)
    worker = await startWorker({ databaseUrl: world.database.workerUrl, log, outside: world.deps })
    const db = openDb({ url: world.database.workerUrl, max: 1 })
    try {
      expect(await enqueueWaitingCounts(db)).toBe(1)
      await until(async () => (await enqueueWaitingCounts(db)) === 0, 20_000)
    } finally {
      await db.close()
    }
    expect(await read()).toBe(accounts)
  })

  it('refuses to start without its address, in a sentence', async () => {
    const refused = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
      env: { PATH: process.env.PATH },
    })
    let said = ''
    refused.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    const [code] = await once(refused, 'exit')
    expect(code).toBe(1)
    expect(said).toBe('DATABASE_DIRECT_URL must be the address of a Postgres database.\n')
  })
})
