import { randomUUID } from 'node:crypto'
import type { Scope } from '@fieldback/domain/access/scope'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, type OrgTx, openDb } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import {
  countBucketByMonth,
  countBuckets,
  countOrdersByMonth,
  countPeople,
  countPeopleBeyond,
  countReports,
  countReportsByStep,
  countStocks,
} from './analytics.repo.ts'
import { takeFacts } from './fold.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
const territories = Array.from({ length: 30 }, () => randomUUID())
const fields = Array.from({ length: 8 }, () => randomUUID())
const [field = ''] = fields
const children = territories.slice(0, 13)
const [place = '', ...own] = territories.slice(0, 3)

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const orgId of orgs) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    await owner.query(
      `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, outcome, n)
       SELECT $1, f, b, t, m, k, o, 3 FROM unnest($2::uuid[]) f, unnest(ARRAY['then', 'today']) b, unnest($3::uuid[]) t,
         generate_series('2025-01-01'::date, '2026-12-01', '1 month') m, unnest(ARRAY['a', 'b', 'unknown', '_asked', '_answered']) k,
         unnest(ARRAY['order', 'none']) o`,
      [orgId, fields, territories],
    )
    await owner.query(
      `INSERT INTO rollup_day (org_id, basis, territory_id, day, kind, outcome, n)
       SELECT $1, b, t, d, k, o, 2 FROM unnest(ARRAY['then', 'today']) b, unnest($2::uuid[]) t,
         generate_series('2026-01-01'::date, '2026-12-31', '1 day') d, unnest(ARRAY['visit', 'call']) k, unnest(ARRAY['order', 'none']) o`,
      [orgId, territories],
    )
    await owner.query(
      `INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n)
       SELECT $1, b, t, m, p, 2 FROM unnest(ARRAY['then', 'today']) b, unnest($2::uuid[]) t,
         generate_series('2025-01-01'::date, '2026-12-01', '1 month') m, unnest($3::uuid[]) p`,
      [orgId, territories, Array.from({ length: 12 }, () => randomUUID())],
    )
    await owner.query(
      `INSERT INTO stock_cell (org_id, field_id, territory_id, bucket, n)
       SELECT $1, f, t, k || i, 4 FROM unnest($2::uuid[]) f, unnest($3::uuid[]) t, unnest(ARRAY['a', 'b', 'unknown', '_answered']) k, generate_series(1, 20) i`,
      [orgId, fields, territories],
    )
    await owner.query(
      `INSERT INTO rollup_outbox (org_id, fact) SELECT $1, '{}' FROM generate_series(1, 5000)`,
      [orgId],
    )
    await owner.query('COMMIT')
  }
  await owner.query('ANALYZE rollup_cell, rollup_day, rollup_person, stock_cell, rollup_outbox')
  await owner.end()
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Cond'?: string; Plans?: Plan[] }

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** A handle that explains each query it is given before it runs it. */
function explaining(tx: OrgTx, plans: Plan[]): ScopedDb {
  const explain = async (strings: TemplateStringsArray, ...values: unknown[]) => {
    const query = Prisma.sql(strings, ...(values as string[]))
    const rows = await tx.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
      Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
    )
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan
    if (plan) plans.push(plan)
    return tx.$queryRaw(query)
  }
  const handle = new Proxy(tx, {
    get: (target, key) => (key === '$queryRaw' ? explain : Reflect.get(target, key)),
  })
  return { tx: handle, scope: { orgId: org, day: '2026-11-20', grants: [] } as unknown as Scope }
}

const period = { from: '2026-01', to: '2026-12' }
const days = { from: '2026-01-01', to: '2026-12-31' }
const at = { basis: 'then' as const, period, territoryIds: children }

const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>])[] = [
  ['reports by territory', (sdb) => countReports(sdb, { ...at, days })],
  ['reports by week', (sdb) => countReportsByStep(sdb, { ...at, days, territoryId: place, grain: 'week' })],
  ['people by territory', (sdb) => countPeople(sdb, at)],
  ['people beyond', (sdb) => countPeopleBeyond(sdb, { ...at, territoryId: place, own })],
  ['buckets of a field by territory', (sdb) => countBuckets(sdb, { ...at, fieldId: field })],
  ['a bucket by month', (sdb) => countBucketByMonth(sdb, { ...at, fieldId: field, bucket: 'a' })],
  ['orders by month', (sdb) => countOrdersByMonth(sdb, { ...at, days })],
  ['stocks by territory', (sdb) => countStocks(sdb, { fieldId: field, territoryIds: children })],
  ['facts taken out of the outbox', (sdb) => takeFacts(sdb.tx, org, 250)],
]

describe('as the application, under row-level security', () => {
  it.each(READS)('%s: found by the key of the roll-up, no table read through', async (_name, read) => {
    const plans: Plan[] = []
    await inOrg(db, org, (tx) => read(explaining(tx, plans)))
    expect(plans).toHaveLength(1)
    const all = plans.flatMap(nodes)
    expect(
      all.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']),
    ).toEqual([])
    const conditions = all.flatMap((node) => node['Index Cond'] ?? [])
    expect(conditions.join(' ')).toContain('org_id')
  })

  it('a read of one organisation adds up nothing of another', async () => {
    const [mine, none] = await Promise.all(
      [org, randomUUID()].map((id) =>
        inOrg(db, id, (tx) =>
          countReports({ tx, scope: { orgId: id } as unknown as Scope }, { ...at, days }),
        ),
      ),
    )
    expect(mine?.reduce((sum, { n }) => sum + n, 0)).toBe(13 * 365 * 4 * 2)
    expect(none).toEqual([])
  })
})
