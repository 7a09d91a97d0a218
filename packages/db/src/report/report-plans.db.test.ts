import { randomUUID } from 'node:crypto'
import type { Stretch } from '@fieldback/domain/territory/stretches'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { countBeyond } from './beyond.repo.ts'
import { findReport, reportChanges, versionsOfFields } from './report.repo.ts'
import {
  countFound,
  listReports,
  questionsAnswered,
  type ReportBranch,
  type ReportFilter,
  type ReportWay,
  readRecords,
  wayOf,
} from './report-list.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let below: string[] = []
let report = { id: '', authorId: '', accountId: '' }

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  // A hundred accounts have lived elsewhere before.
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.org', $1, true)`, [org])
  await owner.query(
    `INSERT INTO account_home (org_id, account_id, from_at, territory_id, to_at)
     SELECT org_id, id, '2026-01-01'::timestamptz, territory_id, NULL::timestamptz FROM account
     UNION ALL (SELECT org_id, id, '2025-01-01'::timestamptz, territory_id, '2026-01-01'::timestamptz FROM account ORDER BY id LIMIT 100)`,
  )
  await owner.query('COMMIT')
  await owner.query('ANALYZE account_home')
  await owner.end()
  await inOrg(db, org, async (tx) => {
    place = await tx.territory.findFirstOrThrow({
      where: { orgId: org, rank: 2 },
      select: { id: true, path: true },
    })
    const places = await tx.territory.findMany({
      where: { orgId: org, path: { startsWith: place.path } },
      select: { id: true },
    })
    below = places.map(({ id }) => id)
    report = await tx.report.findFirstOrThrow({
      where: { orgId: org },
      select: { id: true, authorId: true, accountId: true },
    })
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const none: ReportFilter = {
  authorId: null,
  accountId: null,
  name: '',
  from: null,
  to: null,
  kind: null,
  outcomes: [],
  toComplete: false,
  counted: false,
}
const all = {
  from: '2026-10-01',
  to: '2026-11-15',
  kind: 'visit',
  outcomes: ['order'],
  toComplete: true,
} as const
const demanded = { fieldIds: [org], territoryIds: [org] }
const later = { after: { day: '2026-11-10', id: org }, limit: 51 }

type Found = { readonly branch: ReportBranch; readonly way: ReportWay }
const whole = (): Found['branch'] => ({ path: '', whole: true, stretches: null })
const here = (): Found['branch'] => ({ path: place.path, whole: false, stretches: null })
const then = (): ReportBranch & { stretches: Stretch[] } => ({
  ...here(),
  stretches: below.map((territoryId) => ({ territoryId, from: '2026-10-01', to: '2026-11-30' })),
})

async function page(sdb: ScopedDb, branch: Found['branch'], filter: ReportFilter, at = later): Promise<void> {
  await listReports(sdb, { branch, filter, demanded, way: await wayOf(sdb, branch, filter) }, at)
}

/** What is read, and the columns by which the reports must be entered. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, RegExp])[] = [
  ['the organisation', (sdb) => page(sdb, whole(), none), /ROW\(day, id\)/],
  [
    'the organisation, narrowed',
    (sdb) => page(sdb, whole(), { ...none, ...all }),
    /day >=.*kind =.*outcome =.*status =/,
  ],
  ['a branch', (sdb) => page(sdb, here(), none), /territory_id =.*ROW\(day, id\)|account_id =/],
  [
    'a branch, narrowed',
    (sdb) => page(sdb, here(), { ...none, ...all }),
    /territory_id =.*day >=.*kind =.*outcome =.*status =|account_id =/,
  ],
  ['an author', (sdb) => page(sdb, whole(), { ...none, authorId: report.authorId }), /author_id =/],
  [
    'an author of a branch, narrowed',
    (sdb) => page(sdb, here(), { ...none, ...all, authorId: report.authorId }),
    /author_id =.*day >=.*status =/,
  ],
  ['one account', (sdb) => page(sdb, here(), { ...none, accountId: report.accountId }), /account_id =/],
  ['a rare name', (sdb) => page(sdb, whole(), { ...none, name: 'compte 1a' }), /account_id =/],
  [
    'a name of many, along the days',
    (sdb) => page(sdb, whole(), { ...none, name: 'compte' }),
    /org_id =.*ROW\(day, id\)/,
  ],
  [
    'a place of a file',
    (sdb) =>
      readRecords(
        sdb,
        { branch: here(), filter: none, demanded, way: { by: 'place', id: place.id } },
        { ...later, hidden: new Set() },
      ),
    /territory_id =/,
  ],
  ['a branch as organised then', (sdb) => page(sdb, then(), none), /territory_id =.*day >=.*day <=/],
  [
    'an author of a branch as organised then',
    (sdb) => page(sdb, then(), { ...none, authorId: report.authorId }),
    /author_id =/,
  ],
  [
    'a rare name of a branch as organised then',
    (sdb) => page(sdb, then(), { ...none, name: 'compte 1a' }),
    /account_id =/,
  ],
  [
    'a stretch of a file',
    (sdb) => {
      const { stretches } = then()
      const way: ReportWay = { by: 'stretch', stretch: stretches[0] ?? { territoryId: org, ...all } }
      return questionsAnswered(sdb, { branch: then(), filter: none, demanded, way }, later)
    },
    /territory_id =.*day >=.*day <=/,
  ],
  [
    'what is beyond the reader',
    (sdb) => countBeyond(sdb, { stretches: then().stretches, filter: none, demanded }, 1_000),
    /territory_id =.*day >=.*day <=|account_id =.*day >=.*day <=/,
  ],
  [
    'the questions of a page',
    (sdb) => questionsAnswered(sdb, { branch: whole(), filter: none, demanded, way: { by: 'day' } }, later),
    /org_id =.*ROW\(day, id\)/,
  ],
  [
    'a count of a period',
    (sdb) =>
      countFound(
        sdb,
        { branch: whole(), filter: { ...none, from: '2026-11-15' }, demanded, way: { by: 'day' } },
        1_000,
      ),
    /org_id/,
  ],
]

const byIdentity = /org_id = .* AND \(?id = /

describe('reports, as the application under row-level security', () => {
  it.each(READS)('%s: entered by an index, and no table of size read through', async (_, read, entered) => {
    const plans: Plan[] = []
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: [] }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    expect(readsWhole(plans)).toEqual([])
    const reads = plans
      .flatMap(planNodes)
      .filter((node) => node['Relation Name'] === 'report' && node['Index Cond'])
      .map((node) => node['Index Cond'] ?? '')
      .filter((condition) => !byIdentity.test(condition))
    expect(reads.length).toBeGreaterThan(0)
    for (const condition of reads) expect(condition).toMatch(entered)
  })
  it('one report, its questions and its corrections: by their keys', async () => {
    const plans: Plan[] = []
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: [] }
    await inOrg(db, org, async (tx) => {
      const sdb = explaining(tx, plans, scope)
      await findReport(sdb, report.id, new Set())
      await reportChanges(sdb, report.id)
      await versionsOfFields(sdb, [org])
    })
    expect(readsWhole(plans)).toEqual([])
  })
})
