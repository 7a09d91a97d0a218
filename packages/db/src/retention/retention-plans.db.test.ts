import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { unsafeEraseReports, unsafeEraseTrails, unsafeMembersAfter, unsafeOldReports } from './erase.repo.ts'
import { countedBefore } from './retention.repo.ts'

let database: TestDatabase
let worker: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
const FIRST = '00000000-0000-0000-0000-000000000000'

beforeAll(async () => {
  database = await testDatabase()
  worker = openDb({ url: database.workerUrl, max: 1 })
  await arrangeLarge(database.ownerUrl, orgs)
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.org', $1, true)`, [org])
  await owner.query(`INSERT INTO retention (org_id, years, edge) VALUES ($1, 3, '2026-11-01')`, [org])
  await owner.query('COMMIT')
  await owner.end()
})
afterAll(async () => {
  await worker.close()
  await database.drop()
})

it('what is old is found by its day, and what a rule would erase by the days that are counted', async () => {
  const plans: Plan[] = []
  await inOrg(worker, org, async (tx) => {
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: [] }
    const sdb = explaining(tx, plans, scope)
    const { reports } = await unsafeOldReports(sdb.tx, org, 50)
    expect(reports).toHaveLength(50)
    await unsafeMembersAfter(sdb.tx, org, { after: FIRST, limit: 20 })
    expect((await countedBefore(sdb, { from: null, before: '2026-11' })).length).toBeGreaterThan(0)
  })
  expect(readsWhole(plans)).toEqual([])
  const found = plans.flatMap(planNodes).find((node) => node['Index Name'] === 'report_day_idx')
  expect(found?.['Index Cond']).toMatch(/org_id = .* AND \(?\(?day < /)
})

it('nothing that an erasure deletes, or that its keys are checked against, needs a table to be read through', async () => {
  await inOrg(worker, org, async (tx) => {
    // Tables that are nearly empty here are read through unless an index may serve.
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`
    const old = await unsafeOldReports(tx, org, 50)
    expect(await unsafeEraseReports(tx, old)).toBe(50)
    await unsafeEraseTrails(tx, [org])
    const read = await tx.$queryRaw`
      SELECT relname, seq_scan::int AS times FROM pg_stat_xact_user_tables
       WHERE seq_scan > 0 AND relname <> 'retention' ORDER BY 1`
    expect(read).toEqual([])
  })
})
