import { arrangeReport, openTestWorld, type TestWorld } from '@fieldback/api/test-world'
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
  await world.close()
})

it('what an organisation keeps no longer is found by the sweep and erased by the worker; another keeps its own', async () => {
  const { north, other } = world
  const day = '2009-12-31'
  for (const org of [north, other])
    await arrangeReport(world.sql, org, { at: 'basque', by: 'basqueRep', day })
  const young = await arrangeReport(world.sql, north, { at: 'basque', by: 'basqueRep' })
  await world.sql(
    north.orgId,
    `INSERT INTO retention (org_id, next_years, starts_at) VALUES ($1, 10, now() - interval '1 minute')`,
    [north.orgId],
  )
  await world.sql(north.orgId, `SELECT enqueue_job('sweep_retentions', '{}', 'sweep_retentions')`)
  await vi.waitFor(async () => {
    const kept = await world.sql<{ id: string }>(north.orgId, 'SELECT id FROM report')
    expect(kept.map(({ id }) => id)).toEqual([young])
    const [rule] = await world.sql(
      north.orgId,
      'SELECT years, swept_on IS NOT NULL AS swept FROM retention WHERE org_id = $1',
      [north.orgId],
    )
    expect(rule).toEqual({ years: 10, swept: true })
  }, 15_000)
  expect(await world.sql(other.orgId, 'SELECT day::text FROM report')).toEqual([{ day }])
})
