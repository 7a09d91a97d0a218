import { randomUUID } from 'node:crypto'
import type { RepPlace } from '@fieldback/domain/account/handover'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unsafePassCallbacks } from '../agenda/pass-callbacks.repo.ts'
import { assignmentsOfPerson, endedAssignments } from '../assignment/assignment.repo.ts'
import { replacementsIn } from '../assignment/replacement.repo.ts'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { findArrivals, findCame, findLeft } from './handover.repo.ts'
import { countMeant, nextMeant } from './reassignment.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let person = ''

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  await arrangeHomes()
  await inOrg(db, org, async (tx) => {
    const select = { id: true, path: true } as const
    place = await tx.territory.findFirstOrThrow({ where: { orgId: org, rank: 2 }, select })
    person = (await tx.membership.findFirst({ where: { orgId: org } }))?.id ?? org
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

/** Where each account has been since it was made, and where it was before. */
async function arrangeHomes(): Promise<void> {
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const orgId of orgs) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    await owner.query(
      `INSERT INTO account_home (org_id, account_id, from_at, to_at, territory_id)
       SELECT org_id, id, at.since, at.until, territory_id FROM account,
              (VALUES ('2024-01-01'::timestamptz, '2025-01-01'::timestamptz), ('2025-01-01', NULL)) AS at (since, until)`,
    )
    await owner.query('COMMIT')
  }
  await owner.query('ANALYZE account_home')
  await owner.end()
}

const held = (): RepPlace => ({
  assignmentId: org,
  role: 'rep',
  territoryId: place.id,
  path: place.path,
  validFrom: '2026-11-01',
  validTo: null,
  inReplacement: false,
})
const filter = () => ({
  territoryId: place.id,
  home: false,
  search: '',
  kind: null,
  town: 'Bayonne',
  answer: null,
})
const sought = () => ({ filter: filter(), branch: place.path, toId: randomUUID() })

/** What is read, and for each table the columns that its index must be entered by. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, Record<string, RegExp>])[] = [
  [
    'accounts that came to a rep',
    (sdb) => findCame(sdb, { held: [held()], places: [{ ...held(), since: '2026-11-01' }], limit: 301 }),
    {
      account: /territory_id|\bid\b/,
      account_home: /territory_id|account_id/,
      report: /account_id|author_id/,
    },
  ],
  [
    'accounts that left a rep',
    (sdb) => findLeft(sdb, [held()], 100),
    { territory: /path|\bid\b/, account_home: /territory_id|account_id/, account: /\bid\b|territory_id/ },
  ],
  [
    'accounts that arrived in a branch',
    (sdb) => findArrivals(sdb, place.path, 101),
    { territory: /path|\bid\b/, account_home: /territory_id|account_id/ },
  ],
  [
    'what a reassignment would move',
    (sdb) => countMeant(sdb, sought(), place.path),
    { territory: /path|\bid\b/, account: /territory_id/, report: /account_id/, contact: /account_id/ },
  ],
  [
    'its next batch',
    (sdb) => nextMeant(sdb, sought(), { atHome: place.id, atAccount: org }, 100),
    { account: /territory_id/, report: /account_id/ },
  ],
  [
    'call-backs that pass on',
    ({ tx }) => unsafePassCallbacks(tx, org, { after: null, limit: 500, now: new Date('2026-11-20') }),
    {},
  ],
  ['who was in a branch', (sdb) => endedAssignments(sdb, place.path, 201), { territory: /path/ }],
  ['places of a person', (sdb) => assignmentsOfPerson(sdb, person, 201), {}],
  ['replacements in a branch', (sdb) => replacementsIn(sdb, place.path, 200), {}],
]

describe('absences and hand-overs, as the application under row-level security', () => {
  it.each(READS)('%s: every table of size is entered by its index', async (_name, read, entered) => {
    const plans: Plan[] = []
    const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
    const scope = { orgId: org, membershipId: person, deviceId: org, day: '2026-11-20', grants }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    expect(plans.length).toBeGreaterThan(0)
    expect(readsWhole(plans)).toEqual([])
    const all = plans.flatMap(planNodes)
    for (const [table, columns] of Object.entries(entered)) {
      const of = all.filter((node) => node['Relation Name'] === table)
      expect(of.length, table).toBeGreaterThan(0)
      for (const node of of.filter((one) => one['Node Type'] !== 'Bitmap Heap Scan'))
        expect(node['Index Cond'], table).toMatch(columns)
    }
  })
})
