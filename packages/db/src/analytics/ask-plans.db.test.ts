import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes } from '../large-organisation.ts'
import { daysHolding } from '../report/answered.repo.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { findStretches } from '../territory/stretches.repo.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { countPeopleByMonth, readCells, readPairs, readStocks, readTook } from './ask.repo.ts'
import { filedAt } from './count-pairs.repo.ts'
import { findCoded } from './place.repo.ts'
import type { CountsAt } from './read-table.ts'
import { readReportRows } from './report-rows.repo.ts'

let database: TestDatabase
let db: Db
const [org, field, other, pair] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const
let places: string[] = []
let top = { id: '', path: '' }

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, [org, randomUUID()])
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.org', $1, true)`, [org])
  // Two years of six answers at each territory.
  const spread = `FROM territory t, generate_series(0, 23) m, unnest(ARRAY['_asked', '_answered', 'unknown', 'a', 'b', 'c']) k WHERE t.org_id = '${org}'`
  const month = `(date '2024-12-01' + m * interval '1 month')::date`
  for (const id of [field, other])
    await owner.query(
      `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_order, n_none) SELECT t.org_id, '${id}', 'today', t.id, ${month}, k, 3, 3 ${spread}`,
    )
  await owner.query(
    `INSERT INTO pair_cell (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month, n_order, n_quote, n_revisit, n_none)
     SELECT t.org_id, '${pair}', 'today', t.id, k, b, ${month}, 1, 1, 1, 1 ${spread.replace(' WHERE', `, unnest(ARRAY['a', 'b', 'c']) b WHERE`)}`,
  )
  await owner.query(
    `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n)
     SELECT t.org_id, 'today', t.id, ${month}, gen_random_uuid(), 1 FROM territory t, generate_series(0, 23) m WHERE t.org_id = '${org}'`,
  )
  await owner.query('COMMIT')
  await owner.query('ANALYZE rollup_cell, pair_cell, rollup_presence, rollup_headcount, territory')
  await owner.end()
  await inOrg(db, org, async (tx) => {
    const found = await tx.territory.findMany({
      where: { orgId: org, rank: { lt: 2 } },
      select: { id: true, path: true },
      orderBy: { rank: 'asc' },
    })
    places = found.map(({ id }) => id)
    top = found[0] ?? top
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const at = (over: Partial<CountsAt> = {}): CountsAt => ({
  basis: 'then',
  period: { from: '2025-12', to: '2026-11' },
  territoryIds: places,
  byMonth: false,
  outcomes: [],
  outcome: 'order',
  sums: true,
  ...over,
})
const series = (id: string, ...buckets: string[]) => ({
  field: { id },
  buckets: buckets.length > 0 ? { each: buckets } : null,
})
const ready = [{ id: pair, first: field, second: other, flipped: false }]

/** What is read, and for each table the columns that its index must be entered by. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, Record<string, RegExp>])[] = [
  [
    'every answer',
    (sdb) => readCells(sdb, series(field), at()),
    { rollup_cell: /field_id.*basis.*territory_id.*month/ },
  ],
  [
    'one answer, month by month',
    (sdb) => readCells(sdb, series(field, 'a', '_answered'), at({ byMonth: true, outcomes: ['order'] })),
    { rollup_cell: /field_id.*basis.*territory_id.*month.*bucket/ },
  ],
  [
    'an answer among those who gave another',
    (sdb) =>
      readPairs(
        sdb,
        { pairs: ready, first: series(field, 'a', '_answered'), second: series(other, 'b') },
        at(),
      ),
    { pair_cell: /pair_id.*basis.*territory_id.*bucket_a.*bucket_b.*month/ },
  ],
  [
    'every answer among those who gave another',
    (sdb) =>
      readPairs(
        sdb,
        { pairs: ready, first: series(field), second: series(other, 'b') },
        at({ byMonth: true }),
      ),
    { pair_cell: /pair_id.*basis.*territory_id.*bucket_b.*month/ },
  ],
  ['people by month', (sdb) => countPeopleByMonth(sdb, at()), { rollup_headcount: /territory_id.*era/ }],
  ['stocks', (sdb) => readStocks(sdb, series(field), at()), { stock_cell: /field_id.*territory_id/ }],
  [
    'times of entry',
    (sdb) => readTook(sdb, { id: field }, at().period),
    { field_seconds: /field_id.*month/, ledger_month: /field_id/, ledger_presence: /field_id.*era/ },
  ],
  [
    'reports themselves',
    (sdb) =>
      readReportRows(sdb, {
        of: { basis: 'today', branch: { path: top.path, whole: true } },
        period: at().period,
        byMonth: false,
        every: 5,
        ids: [field],
        limit: 1_000,
      }),
    { report: /territory_id.*day/ },
  ],
  [
    'reports themselves, as organised then',
    async (sdb) => {
      const days = { from: '2025-12-01', to: '2026-11-30' }
      const stretches = await findStretches(sdb, { tops: places }, { moves: [], days })
      await readReportRows(sdb, {
        of: { basis: 'then', stretches, lastDays: ['2026-06-30'] },
        period: at().period,
        byMonth: true,
        every: 1,
        ids: [field],
        limit: 1_000,
      })
    },
    { report: /territory_id.*day/, territory: /path|id/ },
  ],
  [
    'departments that regions are drawn of',
    (sdb) => findCoded(sdb, { branch: top.path, rank: 2, limit: 150 }),
    { territory: /org_id/ },
  ],
  [
    'reports of a pair',
    (sdb) => filedAt(sdb.tx, org, { territoryId: top.id, after: null, limit: 100, ids: [field] }),
    { report: /territory_id.*ROW\(day, id\)/ },
  ],
  [
    'days that are sought through',
    (sdb) => daysHolding(sdb, { territoryId: top.id, basis: 'today', until: '2026-11-20', most: 100 }),
    { rollup_day: /territory_id.*day/ },
  ],
]

describe('what is asked of the figures, as the application under row-level security', () => {
  it.each(READS)('%s: only rows of its own are read', async (_, read, entered) => {
    const plans: Plan[] = []
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: [] }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    const nodes = plans.flatMap(planNodes)
    for (const [table, columns] of Object.entries(entered)) {
      // A bitmap's condition stands on its index, below the table.
      const conditions = nodes
        .filter((node) => node['Relation Name'] === table || node['Index Name']?.startsWith(table))
        .flatMap((node) => node['Index Cond'] ?? [])
      expect(conditions.length, table).toBeGreaterThan(0)
      for (const condition of conditions) expect(condition).toMatch(columns)
      expect(
        nodes.filter((node) => node['Relation Name'] === table && node['Node Type'] === 'Seq Scan'),
      ).toEqual([])
    }
  })
})
