import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAccounts } from '../account/account.repo.ts'
import { countReports, loadHanging } from '../account/move.repo.ts'
import { assignmentsOf, holdersOf } from '../assignment/assignment.repo.ts'
import { type Db, inOrg, openDb } from '../client.ts'
import { branchFacts } from '../field/branch-facts.repo.ts'
import { askersAround, definitionsById, definitionsOf, keyHolders } from '../field/field.repo.ts'
import { fieldUsage } from '../field/usage.repo.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { unsafeLookAtSteadiness } from '../waste/steadiness.repo.ts'
import { receiversOf, tookSince } from '../waste/waste.repo.ts'
import { medianDuration, weeklyReports } from './activity.repo.ts'
import { administeredBranch, readHere } from './administer.repo.ts'
import { fieldsOwned, lastDayBefore, territoriesIn } from './move-branch.repo.ts'
import { nearTree } from './near-tree.repo.ts'
import { askShift, carryShift } from './shift-counts.repo.ts'
import { branchTerritories, pathTerritories, territoriesOf } from './territory.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let accounts: string[] = []
let fields: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  await inOrg(db, org, async (tx) => {
    const found = await tx.territory.findFirstOrThrow({
      where: { orgId: org, rank: 2 },
      select: { id: true, path: true },
    })
    place = found
    const ids = { where: { orgId: org }, select: { id: true } } as const
    accounts = (await tx.account.findMany({ ...ids, take: 50 })).map(({ id }) => id)
    fields = (await tx.fieldDefinition.findMany({ ...ids, take: 20 })).map(({ id }) => id)
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const page = {
  whole: false,
  homeOnly: false,
  search: 'compte 1',
  kind: null,
  town: '',
  answer: null,
  after: null,
  limit: 50,
}
const account = (id: string) => ({ id, territoryId: place.id, path: place.path, values: {} })

/** What is read, and for each table the columns that its index must be entered by. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, Record<string, RegExp>])[] = [
  ['tree', (sdb) => branchTerritories(sdb, 'territory.read'), { territory: /path/, account: /territory_id/ }],
  ['branch', (sdb) => territoriesOf(sdb, place.path), { territory: /path/, account: /territory_id/ }],
  ['crumbs', (sdb) => pathTerritories(sdb, place.path), { territory: /\bid\b/ }],
  [
    'what stands on a branch',
    (sdb) => administeredBranch(sdb, place.path),
    { territory: /path/, account: /territory_id/ },
  ],
  ['what keeps a territory open', (sdb) => readHere(sdb, place.id), { account: /territory_id/ }],
  [
    'figures that follow a move',
    async (sdb) => {
      const at = [{ id: org, times: 1 as const }]
      await askShift(sdb, { shifts: [{ tops: [place.id], at }], lastDay: '2026-11-20' })
      while (await carryShift(sdb.tx, org));
    },
    { rollup_day: /territory_id/, rollup_cell: /field_id|territory_id/, stock_cell: /field_id|territory_id/ },
  ],
  ['territories of a move', (sdb) => territoriesIn(sdb, [place.path]), { territory: /path/ }],
  [
    'the last day before a move',
    (sdb) => lastDayBefore(sdb, [place.id]),
    { rollup_day: /territory_id.*day/ },
  ],
  [
    'the tree around a move',
    (sdb) => nearTree(sdb, { ids: [place.id], codes: [] }),
    { territory: /org_id.*id|parent_id/ },
  ],
  [
    'questions of a moved branch',
    (sdb) => fieldsOwned(sdb, { branches: [place.path] }),
    { territory: /path/ },
  ],
  ['weeks', (sdb) => weeklyReports(sdb, [place.id]), { rollup_day: /territory_id.*day/ }],
  [
    'median',
    (sdb) => medianDuration(sdb, place),
    { rollup_day: /territory_id.*day/, territory: /path/, report: /territory_id.*day/ },
  ],
  ['holders', (sdb) => holdersOf(sdb, place.path, ['rep']), { territory: /path/ }],
  ['assignments', (sdb) => assignmentsOf(sdb, place.path, 500), { territory: /path/ }],
  [
    'accounts of a branch',
    (sdb) => listAccounts(sdb, { ...page, branch: place.path }),
    { territory: /path/, account: /territory_id.*name_key.*name_key/ },
  ],
  [
    'accounts of the organisation',
    (sdb) => listAccounts(sdb, { ...page, branch: '', whole: true }),
    { account: /name_key.*name_key/ },
  ],
  [
    'next page',
    (sdb) => listAccounts(sdb, { ...page, branch: place.path, after: { nameKey: 'compte 15', id: org } }),
    { account: /territory_id.*name_key/ },
  ],
  ['reports that move', (sdb) => countReports(sdb, accounts), { report: /account_id/ }],
  [
    'what moves',
    (sdb) => loadHanging(sdb, accounts.map(account)),
    { report: /account_id/, contact: /account_id/ },
  ],
  [
    'questions of places',
    (sdb) => definitionsOf(sdb, [place.id]),
    { field_definition: /territory_id/, field_version: /field_id/ },
  ],
  [
    'who asks around',
    (sdb) => askersAround(sdb, place.path),
    { territory: /path/, field_definition: /territory_id/, field_version: /field_id/ },
  ],
  [
    'questions of a page',
    (sdb) => definitionsById(sdb, fields.slice(0, 3)),
    { field_definition: /\bid\b/, field_version: /field_id/ },
  ],
  [
    'keys around',
    (sdb) => keyHolders(sdb, place.path, 'report'),
    { field_definition: /territory_id.*entity/ },
  ],
  [
    'use of questions',
    (sdb) => fieldUsage(sdb, fields, '2026-10-01'),
    { ledger_month: /field_id.*month/, ledger_presence: /field_id.*era/ },
  ],
  [
    'how long answers took',
    (sdb) => tookSince(sdb, fields, '2026-10-01'),
    { ledger_month: /field_id/, ledger_presence: /field_id.*era/, field_seconds: /field_id.*month/ },
  ],
  [
    'who was shown returns',
    (sdb) => receiversOf(sdb, fields, '2026-10-01'),
    { ledger_cell: /field_id.*month/ },
  ],
  [
    'how answers follow each other',
    (sdb) =>
      unsafeLookAtSteadiness(sdb.tx, org, {
        territoryId: place.id,
        fieldIds: fields,
        since: '2026-08-01',
        day: '2026-11-20',
      }),
    { report: /author_id.*day|account_id.*day/ },
  ],
  [
    'facts of a branch',
    (sdb) => branchFacts(sdb, place),
    { account: /territory_id/, contact: /account_id/, report: /account_id.*day/ },
  ],
]

describe('the desk, as the application under row-level security', () => {
  it.each(READS)('%s: every table of size is entered by its index', async (_name, read, entered) => {
    const plans: Plan[] = []
    const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    expect(plans.length).toBeGreaterThan(0)
    const all = plans.flatMap(planNodes)
    expect(readsWhole(plans)).toEqual([])
    for (const [table, columns] of Object.entries(entered)) {
      const of = all.filter((n) => n['Relation Name'] === table)
      expect(of.length, table).toBeGreaterThan(0)
      for (const n of of.filter((n) => /(?<!Bitmap Heap )Scan$/.test(n['Node Type'])))
        expect(n['Index Cond'], table).toMatch(columns)
    }
  })
})
