import { randomUUID } from 'node:crypto'
import type { Operation } from '@fieldback/domain/sync/operation'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { answeredOn, contestedAround } from './contest.repo.ts'
import { pullContests } from './pulled-contests.ts'
import { lockContests } from './pushed-contests.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let membershipId = ''
let fieldIds: string[] = []

/** Four hundred people who each contest a twentieth of the questions, half of it answered. */
const ARRANGE = [
  `INSERT INTO person (id, email) SELECT gen_random_uuid(), n || '-' || $1 || '@example.test' FROM generate_series(1, 400) n WHERE $1::uuid IS NOT NULL`,
  `INSERT INTO membership (org_id, id, person_id, display_name) SELECT $1::uuid, gen_random_uuid(), id, 'x' FROM person WHERE email LIKE '%' || $1::uuid || '%'`,
  `INSERT INTO contest_answer (org_id, id, field_id, field_version, kind, answered_by, answered_at)
   SELECT $1::uuid, gen_random_uuid(), d.id, 1, 'change', d.id, '2026-11-10'::timestamptz - n * interval '20 days' FROM field_definition d, generate_series(1, 5) n WHERE d.org_id = $1::uuid`,
  `INSERT INTO contest (org_id, id, field_id, field_version, membership_id, reason, openly, opened_at, answer_id, version)
   SELECT $1::uuid, gen_random_uuid(), d.id, 1, m.id, 'useless', false, '2026-11-01', CASE WHEN m.n <= 200 THEN a.id END, 1
     FROM (SELECT id, org_id, row_number() OVER () AS n FROM field_definition WHERE org_id = $1::uuid) d
     JOIN (SELECT id, row_number() OVER () AS n FROM membership WHERE org_id = $1::uuid) m ON (d.n + m.n) % 20 = 0
     JOIN LATERAL (SELECT id FROM contest_answer WHERE org_id = $1::uuid AND field_id = d.id LIMIT 1) a ON true
    WHERE d.org_id = $1::uuid`,
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
  await owner.query('ANALYZE contest, contest_answer, membership')
  await owner.end()
  await inOrg(db, org, async (tx) => {
    const where = { orgId: org, rank: 3 }
    place = await tx.territory.findFirstOrThrow({ where, select: { id: true, path: true } })
    membershipId = (await tx.membership.findFirstOrThrow({ where: { orgId: org } })).id
    const ids = place.path.split('/').filter(Boolean)
    const fields = await tx.fieldDefinition.findMany({ where: { orgId: org, territoryId: { in: ids } } })
    fieldIds = fields.map(({ id }) => id)
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const since = new Date('2026-08-20T00:00:00Z')
const opened = (): Operation => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
  kind: 'contest.open',
  body: { fieldId: fieldIds[0] ?? '', version: 1, reason: 'useless', word: null, openly: false },
})

it.each<readonly [string, (sdb: ScopedDb) => Promise<unknown>]>([
  ['what a phone is told of contests', (sdb) => pullContests(sdb, fieldIds, since)],
  ['what is contested at a territory', (sdb) => contestedAround(sdb, place)],
  ['what was answered there', (sdb) => answeredOn(sdb, place.path, since, 20)],
  ['what a batch refers to', ({ tx, scope }) => lockContests(tx, scope, [opened()])],
])('%s: every table of size is entered by its index', async (_name, read) => {
  const plans: Plan[] = []
  const grants = [{ assignmentId: '', role: 'rep', territoryId: place.id, path: place.path }] as const
  const scope = { orgId: org, membershipId, deviceId: org, day: '2026-11-20', grants }
  await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
  expect(plans.length).toBeGreaterThan(0)
  expect(readsWhole(plans)).toEqual([])
  const whole = plans
    .flatMap(planNodes)
    .filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name']?.startsWith('contest'))
  expect(whole).toEqual([])
})
