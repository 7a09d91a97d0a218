import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { asideSettled, countAside, findAside, listAside } from './quarantine.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }

/** Forty things put aside a sector, three quarters of them settled. */
const ARRANGE = [
  `INSERT INTO person (id, email) SELECT $1::uuid, $1::text || '@example.test'`,
  `INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1::uuid, $1::uuid, $1::uuid, 'x')`,
  `INSERT INTO sync_quarantine (org_id, id, op_id, body_hash, device_id, membership_id, code, detail, operation, received_at, territory_id, settled_at)
   SELECT $1::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid()::text, $1::uuid, $1::uuid, 'OP_FORBIDDEN', '{}', '{}',
          now() - n * interval '1 hour', t.id, CASE WHEN n > 10 THEN now() END
     FROM territory t, generate_series(1, 40) n WHERE t.org_id = $1::uuid AND t.rank = 3`,
  `INSERT INTO quarantine_settlement (org_id, item_id, kind, settled_by, settled_at)
   SELECT org_id, id, 'returned', $1::uuid, settled_at FROM sync_quarantine WHERE org_id = $1::uuid AND settled_at IS NOT NULL`,
]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const orgId of orgs) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of ARRANGE) await owner.query(statement, [orgId])
    await owner.query('COMMIT')
  }
  await owner.query('ANALYZE sync_quarantine, quarantine_settlement, membership')
  await owner.end()
  place = await inOrg(db, org, (tx) =>
    tx.territory.findFirstOrThrow({ where: { orgId: org, rank: 2 }, select: { id: true, path: true } }),
  )
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const after = { at: '2026-01-01T00:00:00.000Z', id: randomUUID() }
it.each<readonly [string, (sdb: ScopedDb) => Promise<unknown>]>([
  ['what waits', (sdb) => listAside(sdb, { branch: place.path, settled: false, after: null, limit: 50 })],
  ['a later page of it', (sdb) => listAside(sdb, { branch: place.path, settled: false, after, limit: 50 })],
  [
    'what was settled',
    (sdb) => listAside(sdb, { branch: place.path, settled: true, after: null, limit: 50 }),
  ],
  ['how much waits', (sdb) => countAside(sdb, place.path, { limit: 100 })],
  ['one of them', (sdb) => findAside(sdb, randomUUID())],
])('%s in a branch: every table of size is entered by its index', async (_name, read) => {
  const plans = await plansOf(read)
  const whole = plans
    .flatMap(planNodes)
    .filter(
      (node) => node['Node Type'] === 'Seq Scan' && /quarantine|territory/.test(node['Relation Name'] ?? ''),
    )
  expect(whole).toEqual([])
})

it('what a phone asks about is found among what came from its person', async () => {
  const plans = await plansOf((sdb) => asideSettled(sdb, [randomUUID()]))
  const entered = plans.flatMap(planNodes).flatMap((node) => node['Index Cond'] ?? [])
  expect(entered.join()).toMatch(/membership_id|op_id/)
})

async function plansOf(read: (sdb: ScopedDb) => Promise<unknown>): Promise<Plan[]> {
  const plans: Plan[] = []
  const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
  const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants }
  await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
  expect(plans.length).toBeGreaterThan(0)
  expect(readsWhole(plans)).toEqual([])
  return plans
}
