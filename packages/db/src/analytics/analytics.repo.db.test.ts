import { randomUUID } from 'node:crypto'
import type { Scope } from '@fieldback/domain/access/scope'
import { periodBefore } from '@fieldback/domain/analytics/period'
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
      `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_order, n_none)
       SELECT $1, f, b, t, m, k, extract(month FROM m)::int, extract(month FROM m)::int FROM unnest($2::uuid[]) f, unnest(ARRAY['today', 'moved']) b, unnest($3::uuid[]) t,
         generate_series('2025-01-01'::date, '2026-12-01', '1 month') m, unnest(ARRAY['a', 'b', 'unknown', '_asked', '_answered']) k`,
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
         unnest($3::uuid[]) WITH ORDINALITY AS o (p, at), generate_series('2023-01-01'::date, '2026-12-01'::date - at * interval '1 month', '1 month') m`,
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
  await owner.query(
    'ANALYZE rollup_cell, rollup_day, rollup_person, rollup_presence, rollup_headcount, stock_cell, rollup_outbox',
  )
  await owner.end()
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const promoted = {
  id: field,
  merges: { live: true, links: fields.slice(1, 4).map((from) => ({ from, map: null, links: [] })) },
}

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

const before = periodBefore(period)
const overTurn = { from: '2024-07', to: '2025-06' }
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>])[] = [
  ['reports by territory', (sdb) => countReports(sdb, { ...at, days })],
  ['reports by week', (sdb) => countReportsByStep(sdb, { ...at, days, territoryId: place, grain: 'week' })],
  ['people by territory', (sdb) => countPeople(sdb, at)],
  ['people by territory, with the months before', (sdb) => countPeople(sdb, { ...at, before })],
  ['people over the turn of five years', (sdb) => countPeople(sdb, { ...at, period: overTurn })],
  ['people beyond', (sdb) => countPeopleBeyond(sdb, { ...at, territoryId: place, own })],
  ['buckets of a field by territory', (sdb) => countBuckets(sdb, { ...at, field: { id: field } })],
  ['buckets of a question made of others', (sdb) => countBuckets(sdb, { ...at, field: promoted })],
  ['a bucket of it by month', (sdb) => countBucketByMonth(sdb, { ...at, field: promoted, bucket: 'a' })],
  ['stocks of it', (sdb) => countStocks(sdb, { field: promoted, territoryIds: children })],
  ['a bucket by month', (sdb) => countBucketByMonth(sdb, { ...at, field: { id: field }, bucket: 'a' })],
  ['orders by month', (sdb) => countOrdersByMonth(sdb, { ...at, days })],
  ['stocks by territory', (sdb) => countStocks(sdb, { field: { id: field }, territoryIds: children })],
  ['facts taken out of the outbox', (sdb) => takeFacts(sdb.tx, org, { facts: 250, bytes: 250_000 })],
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

  it.each([
    [
      'people with the months before',
      ['basis', 'territory_id', 'era'],
      (sdb: ScopedDb) => countPeople(sdb, { ...at, before }),
    ],
    [
      'people with the months before, over the turn of five years',
      ['basis', 'territory_id', 'era'],
      (sdb: ScopedDb): Promise<unknown> =>
        countPeople(sdb, { ...at, period: overTurn, before: periodBefore(overTurn) }),
    ],
    [
      'buckets',
      ['field_id', 'basis', 'territory_id', 'month'],
      (sdb: ScopedDb): Promise<unknown> => countBuckets(sdb, { ...at, field: { id: field } }),
    ],
  ])('%s: the key is entered by %s', async (_name, columns, read) => {
    const plans: Plan[] = []
    await inOrg(db, org, (tx) => read(explaining(tx, plans)))
    const conditions = plans.flatMap(nodes).flatMap((node) => node['Index Cond'] ?? [])
    expect(conditions).not.toEqual([])
    for (const condition of conditions)
      for (const column of ['org_id', ...columns]) expect(condition).toMatch(new RegExp(`\\b${column}\\b`))
  })

  it('people of a period and of the months before are counted apart, once each, over the turn of five years', async () => {
    const id = randomUUID()
    const [often, early, late, gone] = Array.from({ length: 4 }, () => randomUUID())
    const months: readonly (readonly [string | undefined, string, number])[] = [
      ...['2024-07', '2024-12', '2025-01', '2025-06', '2026-03', '2026-04'].map(
        (m) => [often, m, 1] as const,
      ),
      ...['2024-08', '2025-05'].map((m) => [early, m, 2] as const),
      [late, '2025-12', 1],
      ...['2024-09', '2025-09'].map((m) => [gone, m, 0] as const),
      ...['2024-07', '2026-04'].map((m) => [randomUUID(), m, 1] as const),
      [randomUUID(), '2026-01', 1],
    ]
    await inOrg(db, id, async (tx) => {
      await tx.$executeRaw`
        INSERT INTO rollup_person (org_id, basis, territory_id, month, membership_id, n)
        SELECT ${id}::uuid, 'then', ${place}::uuid, d.month::date, d.member, d.n
          FROM unnest(${months.map(([member]) => member ?? '')}::uuid[], ${months.map(([, m]) => `${m}-01`)}::text[],
            ${months.map(([, , n]) => n)}::int[]) AS d (member, month, n)`
      const sdb = { tx, scope: { orgId: id } as unknown as Scope }
      const of = { ...at, period: { from: '2025-06', to: '2026-03' } }
      const compared = await countPeople(sdb, { ...of, before: periodBefore(of.period) })
      const alone = await countPeople(sdb, of)
      const within = await countPeople(sdb, {
        ...of,
        period: { from: '2025-06', to: '2025-10' },
        before: { from: '2025-01', to: '2025-05' },
      })
      expect([compared(place), compared(randomUUID()), alone(place), within(place)]).toEqual([
        { people: 3, before: 2 },
        { people: 0, before: 0 },
        { people: 3, before: 0 },
        { people: 1, before: 2 },
      ])
    })
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
