import { arrangeScenario } from '@fieldback/api/scenario/arrange-scenario.fixture'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { openDb } from '@fieldback/db/client'
import { enqueueDueScenarios } from '@fieldback/db/scenario/scenario.repo'
import { addDays } from '@fieldback/domain/agenda/day'
import type { Log } from '@fieldback/domain/ports/runtime'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startWorker, type Worker } from './worker.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
let world: TestWorld
let worker: Worker

beforeAll(async () => {
  world = await openTestWorld()
  worker = await startWorker({ databaseUrl: world.database.workerUrl, log: silent, outside: world.deps })
})
afterAll(async () => {
  await worker.stop()
  // A connection that is closing when its database is dropped fails the file.
  const visitors = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'fieldback_worker'`
  await vi.waitFor(async () => expect(await world.sql(world.north.orgId, visitors)).toEqual([]), 5_000)
  await world.close()
})

it('a scenario whose day has come is asked for once, and applied by the worker', async () => {
  const { north } = world
  const { basque, pyrenees } = north.territories
  const id = await arrangeScenario(world.sql, north, {
    territoryId: pyrenees,
    state: 'planned',
    effectiveOn: '2026-11-20',
    steps: [{ of: 'rename', territoryId: basque, name: 'Labourd' }],
  })
  const db = openDb({ url: world.database.workerUrl, max: 1 })
  try {
    expect(await enqueueDueScenarios(db, new Date('2026-11-19T22:30:00Z'))).toBe(0)
    // Half past eleven in London is the next day in Paris.
    expect(await enqueueDueScenarios(db, new Date('2026-11-19T23:30:00Z'))).toBe(1)
    await vi.waitFor(async () => {
      const [row] = await world.sql(north.orgId, 'SELECT state FROM scenario WHERE id = $1', [id])
      expect(row).toEqual({ state: 'published' })
    }, 15_000)
    expect(await enqueueDueScenarios(db, new Date())).toBe(0)
  } finally {
    await db.close()
  }
})

it('who works where a planned scenario changes something is told by the worker, once it has rested an hour', async () => {
  const { north } = world
  const now = new Date()
  const id = await arrangeScenario(world.sql, north, {
    territoryId: north.territories.pyrenees,
    state: 'planned',
    effectiveOn: addDays(now.toISOString().slice(0, 10), 5),
    steps: [{ of: 'rename', territoryId: north.territories.bearn, name: 'Haut Béarn' }],
  })
  const db = openDb({ url: world.database.workerUrl, max: 1 })
  try {
    expect(await enqueueDueScenarios(db, now)).toBe(0)
    await world.sql(
      north.orgId,
      `UPDATE scenario SET changed_at = now() - interval '2 hours' WHERE id = $1`,
      [id],
    )
    expect(await enqueueDueScenarios(db, now)).toBe(1)
    await vi.waitFor(() => expect(world.mails).toHaveLength(1), 15_000)
    expect(world.mails[0]?.text).toContain('bearn devient Haut Béarn')
    expect(await enqueueDueScenarios(db, now)).toBe(0)
  } finally {
    await db.close()
  }
})
