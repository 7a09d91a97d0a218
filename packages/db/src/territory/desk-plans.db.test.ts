import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAccounts } from '../account/account.repo.ts'
import { countReports, loadHanging } from '../account/move.repo.ts'
import { assignmentsOf, holdersOf } from '../assignment/assignment.repo.ts'
import { type Db, inOrg, type OrgTx, openDb } from '../client.ts'
import { branchFacts } from '../field/branch-facts.repo.ts'
import { definitionsAround, definitionsOf, keyHolders } from '../field/field.repo.ts'
import { fieldUsage } from '../field/usage.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { medianDuration, weeklyReports } from './activity.repo.ts'
import { branchTerritories, pathTerritories, territoriesOf } from './territory.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let accounts: string[] = []
let fields: string[] = []

/** A root, 10 regions, 10 departments each, 5 sectors each; 20 accounts a sector, 2 reports and a contact an account. */
const ARRANGE = [
  `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1::uuid, $1, $1, '[]', gen_random_uuid())`,
  `INSERT INTO territory (org_id, id, rank, name, path) SELECT $1::uuid, i, 0, 'root', i || '/' FROM gen_random_uuid() i`,
  ...[10, 10, 5].map(
    (under, depth) =>
      `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
       SELECT $1::uuid, i, t.id, ${depth + 1}, 'place', t.path || i || '/' FROM territory t, generate_series(1, ${under}) n, LATERAL (SELECT gen_random_uuid() AS i WHERE n > 0) g
        WHERE t.org_id = $1::uuid AND t.rank = ${depth}`,
  ),
  `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, phone)
   SELECT $1::uuid, gen_random_uuid(), t.id, 'client', 'Compte', 'compte ' || n || t.id, '+33' FROM territory t, generate_series(1, 20) n WHERE t.org_id = $1::uuid AND t.rank = 3`,
  `INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key)
   SELECT $1::uuid, gen_random_uuid(), a.id, 'A', 'B', 'b a' FROM account a WHERE a.org_id = $1::uuid`,
  `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, duration_seconds, captured_at)
   SELECT $1::uuid, gen_random_uuid(), a.id, a.territory_id, a.id, 'visit', 'order', '2026-11-20'::date - n * 20, 'accepted', 40, now()
     FROM account a, generate_series(1, 2) n WHERE a.org_id = $1::uuid`,
  `INSERT INTO rollup_day (org_id, basis, territory_id, day, kind, outcome, n)
   SELECT $1::uuid, b, t.id, '2026-11-20'::date - n, 'visit', 'order', 2 FROM territory t, generate_series(1, 40) n, unnest(ARRAY['then', 'today']) b WHERE t.org_id = $1::uuid AND t.rank < 3`,
  `INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version)
   SELECT $1::uuid, gen_random_uuid(), t.id, 'report', 'key', 1 FROM territory t WHERE t.org_id = $1::uuid`,
  `INSERT INTO field_version (org_id, field_id, version, spec) SELECT $1::uuid, id, 1, '{"label":{"fr":"x"}}' FROM field_definition WHERE org_id = $1::uuid`,
  `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers)
   SELECT $1::uuid, gen_random_uuid(), d.id, '2026-11-01', 1 FROM field_definition d, generate_series(1, 20) WHERE d.org_id = $1::uuid`,
]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const orgId of orgs) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of ARRANGE) await owner.query(statement, [orgId])
    if (orgId === org) {
      const found = await owner.query<{ id: string; path: string }>(
        'SELECT id, path FROM territory WHERE org_id = $1 AND rank = 2 LIMIT 1',
        [orgId],
      )
      place = found.rows[0] ?? place
      accounts = (
        await owner.query<{ id: string }>('SELECT id FROM account WHERE org_id = $1 LIMIT 50', [orgId])
      ).rows.map((row) => row.id)
      fields = (
        await owner.query<{ id: string }>('SELECT id FROM field_definition WHERE org_id = $1 LIMIT 20', [
          orgId,
        ])
      ).rows.map((row) => row.id)
    }
    await owner.query('COMMIT')
  }
  await owner.query(
    'ANALYZE territory, account, contact, report, rollup_day, field_definition, field_version, ledger_cell',
  )
  await owner.end()
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Cond'?: string; Plans?: Plan[] }
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** A handle that explains each query before running it. */
function explaining(tx: OrgTx, plans: Plan[]): ScopedDb {
  const explain = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const query = Prisma.sql(strings, ...(values as string[]))
    const [row] = await tx.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
      Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
    )
    plans.push(...(row?.['QUERY PLAN'] ?? []).map(({ Plan }) => Plan))
    return tx.$queryRaw(query)
  }
  const handle = new Proxy(tx, {
    get: (target, key) => (key === '$queryRaw' ? explain : Reflect.get(target, key)),
  })
  const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
  return { tx: handle, scope: { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants } }
}

const page = { whole: false, homeOnly: false, search: 'compte 1', kind: null, after: null, limit: 50 }
const account = (id: string) => ({ id, territoryId: place.id, path: place.path, values: {} })

/** What is read, and for each table the columns that its index must be entered by. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, Record<string, RegExp>])[] = [
  ['tree', (sdb) => branchTerritories(sdb, 'territory.read'), { territory: /path/, account: /territory_id/ }],
  ['branch', (sdb) => territoriesOf(sdb, place.path), { territory: /path/, account: /territory_id/ }],
  ['crumbs', (sdb) => pathTerritories(sdb, place.path), { territory: /\bid\b/ }],
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
    'questions around',
    (sdb) => definitionsAround(sdb, place.path, 500),
    { field_definition: /territory_id/ },
  ],
  [
    'keys around',
    (sdb) => keyHolders(sdb, place.path, 'report'),
    { field_definition: /territory_id.*entity/ },
  ],
  ['use of questions', (sdb) => fieldUsage(sdb, fields, '2026-10-01'), { ledger_cell: /field_id.*month/ }],
  [
    'facts of a branch',
    (sdb) => branchFacts(sdb, place),
    { account: /territory_id/, contact: /account_id/, report: /account_id.*day/ },
  ],
]

describe('the desk, as the application under row-level security', () => {
  it.each(READS)('%s: every table of size is entered by its index', async (_name, read, entered) => {
    const plans: Plan[] = []
    await inOrg(db, org, (tx) => read(explaining(tx, plans)))
    expect(plans.length).toBeGreaterThan(0)
    const all = plans.flatMap(nodes)
    const large = [
      'account',
      'contact',
      'report',
      'rollup_day',
      'ledger_cell',
      'territory',
      'field_definition',
    ]
    const throughAll = all.filter(
      (n) => n['Node Type'] === 'Seq Scan' && large.includes(n['Relation Name'] ?? ''),
    )
    expect(throughAll).toEqual([])
    for (const [table, columns] of Object.entries(entered)) {
      const of = all.filter((n) => n['Relation Name'] === table)
      expect(of.length, table).toBeGreaterThan(0)
      for (const n of of.filter((n) => n['Node Type'] !== 'Bitmap Heap Scan'))
        expect(n['Index Cond'], table).toMatch(columns)
    }
  })
})
