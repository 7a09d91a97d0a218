import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { explaining, type Plan, planNodes } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { countJournal, type JournalFilter, journalPeople, readJournal } from './journal.repo.ts'

let database: TestDatabase
let db: Db
const [org, other, who, subject] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const id of [org, other]) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [id])
    await owner.query(
      `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, 'o', $1::uuid::text, '[]', $1)`,
      [id],
    )
    await owner.query(
      `INSERT INTO audit_event (org_id, id, at, membership_id, action, subject_id, detail)
       SELECT $1, gen_random_uuid(), '2026-11-20T10:00:00Z'::timestamptz - n * interval '1 minute',
              CASE WHEN n % 50 = 0 THEN $2::uuid ELSE gen_random_uuid() END, 'territory.rename',
              CASE WHEN n % 100 = 0 THEN $3::uuid ELSE gen_random_uuid() END, '{}' FROM generate_series(1, 20000) n`,
      [id, who, subject],
    )
    await owner.query('COMMIT')
  }
  await owner.query('ANALYZE audit_event')
  await owner.end()
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const none: JournalFilter = { membershipId: null, kind: null, subjectId: null, from: null, to: null }
const page = { after: { at: '2026-11-10T10:00:00.000000Z', id: who }, limit: 51 }

const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, RegExp])[] = [
  ['a page of everything', (sdb) => readJournal(sdb, none, page), /\bat\b/],
  [
    'a page of a period',
    (sdb) => readJournal(sdb, { ...none, from: '2026-11-10', to: '2026-11-12' }, page),
    /\bat\b/,
  ],
  [
    'a page of one person',
    (sdb) => readJournal(sdb, { ...none, membershipId: who }, page),
    /membership_id.*\bat\b/,
  ],
  [
    'a page about one thing',
    (sdb) => readJournal(sdb, { ...none, subjectId: subject }, page),
    /subject_id.*\bat\b/,
  ],
  [
    'a count of a period',
    (sdb) => countJournal(sdb, { ...none, from: '2026-11-19', to: null }, 10_001),
    /\bat\b/,
  ],
  ['who is in it', (sdb) => journalPeople(sdb, 500), /org_id/],
]

describe('the journal, as the application under row-level security', () => {
  it.each(READS)('%s is read from an index, never through', async (_name, read, entered) => {
    const plans: Plan[] = []
    const scope = { orgId: org, membershipId: who, deviceId: who, day: '2026-11-20', grants: [] }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    const reads = plans.flatMap(planNodes).filter((node) => node['Relation Name'] === 'audit_event')
    expect(reads.length).toBeGreaterThan(0)
    for (const node of reads) {
      expect(node['Node Type']).not.toBe('Seq Scan')
      if (node['Node Type'] !== 'Bitmap Heap Scan') expect(node['Index Cond']).toMatch(entered)
    }
  })
})
