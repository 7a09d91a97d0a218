import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import {
  accountsAround,
  hasArrangementSince,
  nextArrangement,
  stillMoved,
  toldArrangements,
} from '../territory/arrangement.repo.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import {
  askForCounts,
  countObjectives,
  hasObjectiveSince,
  holdsAtMost,
  nextAsked,
  objectivesOfBranch,
  objectivesToReader,
  refusalsOf,
  refusalsToReader,
} from './objective.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let membershipId = ''
let objectiveId = ''
let arrangementId = ''

/** Three objectives for every place, refusals of each, and twenty requests for each with what they moved. */
const ARRANGE = [
  `INSERT INTO person (id, email) SELECT gen_random_uuid(), n || '-' || $1 || '@example.test' FROM generate_series(1, 50) n WHERE $1::uuid IS NOT NULL`,
  `INSERT INTO membership (org_id, id, person_id, display_name) SELECT $1::uuid, gen_random_uuid(), id, 'x' FROM person WHERE email LIKE '%' || $1::uuid || '%'`,
  `INSERT INTO objective (org_id, id, territory_id, stated_by, stated_at, segment, why, from_day, to_day, changed_at)
   SELECT $1::uuid, gen_random_uuid(), t.id, (SELECT id FROM membership WHERE org_id = $1::uuid LIMIT 1), now(), '{"kind": null, "answer": null}', 'x', '2026-11-01', '2026-12-01', now()
     FROM territory t, generate_series(1, 3) WHERE t.org_id = $1::uuid`,
  `INSERT INTO objective_refusal (org_id, objective_id, account_id, member_id, word, at)
   SELECT $1::uuid, o.id, a.id, (SELECT id FROM membership WHERE org_id = $1::uuid LIMIT 1), 'x', now()
     FROM objective o JOIN LATERAL (SELECT id FROM account a WHERE a.org_id = $1::uuid AND a.territory_id = o.territory_id LIMIT 10) a ON true WHERE o.org_id = $1::uuid`,
  `INSERT INTO sector_arrangement (org_id, id, sector_id, territory_id, asked_by, asked_at, ask, state, changed_at)
   SELECT $1::uuid, gen_random_uuid(), gen_random_uuid(), t.id, (SELECT id FROM membership WHERE org_id = $1::uuid LIMIT 1), now(), '{"of": "dissolve"}', 'done', now()
     FROM territory t, generate_series(1, 20) WHERE t.org_id = $1::uuid`,
  `INSERT INTO arranged_account (org_id, arrangement_id, account_id, from_id, to_id)
   SELECT $1::uuid, s.id, a.id, s.territory_id, a.territory_id FROM (SELECT * FROM sector_arrangement WHERE org_id = $1::uuid LIMIT 200) s,
          LATERAL (SELECT id, territory_id FROM account a WHERE a.org_id = $1::uuid LIMIT 100) a`,
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
  await owner.query('ANALYZE objective, objective_refusal, sector_arrangement, arranged_account, membership')
  await owner.end()
  await inOrg(db, org, async (tx) => {
    const where = { orgId: org, rank: 2 }
    place = await tx.territory.findFirstOrThrow({ where, select: { id: true, path: true } })
    const objective = await tx.objective.findFirstOrThrow({ where: { orgId: org, territoryId: place.id } })
    objectiveId = objective.id
    membershipId = objective.statedBy
    arrangementId = (await tx.arrangedAccount.findFirstOrThrow({ where: { orgId: org } })).arrangementId
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const since = new Date('2026-10-20T00:00:00Z')
const one = {
  id: null,
  segment: { kind: 'client', answer: null },
  everyWeeks: 2,
  fromDay: '2026-11-01',
} as const

it.each<readonly [string, (sdb: ScopedDb) => Promise<unknown>]>([
  ['what is asked of a phone', (sdb) => objectivesToReader(sdb, 40)],
  ['what is not taken on there', (sdb) => refusalsToReader(sdb, [objectiveId], 500)],
  ['whether there is something new for it', (sdb) => hasObjectiveSince(sdb, since)],
  ['what is stated for a branch', (sdb) => objectivesOfBranch(sdb, place.path, 31)],
  [
    'how far some are',
    ({ tx, scope: { day } }) =>
      countObjectives(tx, org, {
        objectives: [
          { ...one, id: objectiveId, path: place.path },
          { ...one, path: place.path },
        ],
        day,
      }),
  ],
  ['whether a branch is small', (sdb) => holdsAtMost(sdb, place.path, 5_000)],
  ['which is to be counted next', ({ tx }) => nextAsked(tx, org)],
  ['that it is', (sdb) => askForCounts(sdb, [objectiveId])],
  [
    'the words of those who do not take some on',
    (sdb) => refusalsOf(sdb, [{ id: objectiveId, path: place.path }], 50),
  ],
  ['what became of sub-sectors', (sdb) => toldArrangements(sdb, [place.id], since, 20)],
  ['whether something became of them', (sdb) => hasArrangementSince(sdb, [place.id], since)],
  ['what the job takes up next', ({ tx }) => nextArrangement(tx, org)],
  ['what it is to take back', (sdb) => stillMoved(sdb, arrangementId)],
  [
    'the accounts a rule is asked about',
    (sdb) => accountsAround(sdb, place.id, { fieldId: null, limit: 100 }),
  ],
])('%s: every table of size is entered by its index', async (_name, read) => {
  const plans: Plan[] = []
  const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
  const scope = { orgId: org, membershipId, deviceId: org, day: '2026-11-20', grants }
  await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
  expect(plans.length).toBeGreaterThan(0)
  expect(readsWhole(plans)).toEqual([])
  const whole = plans
    .flatMap(planNodes)
    .filter(
      (node) =>
        node['Node Type'] === 'Seq Scan' &&
        ['objective', 'objective_refusal', 'sector_arrangement', 'arranged_account'].includes(
          node['Relation Name'] ?? '',
        ),
    )
  expect(whole).toEqual([])
})
