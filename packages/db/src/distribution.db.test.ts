import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unqualified } from './every-statement.fixture.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let database: TestDatabase
let owner: Client
beforeAll(async () => {
  database = await testDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** People and how they sign in belong to no organisation: small tables, which every machine of a cluster may hold whole. */
const GLOBAL = ['person', 'sign_in_token', 'sign_in_attempt', 'founding_link']

/** Tables with the column by which they would be distributed, by its place in the table. */
const TABLES = `
  SELECT c.oid, c.relname AS name, a.attnum AS key FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'organisation' THEN 'id' ELSE 'org_id' END
   WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations' AND c.relname <> ALL ($1)`

const read = async (text: string) =>
  (await owner.query<{ said: string }>(text, [GLOBAL])).rows.map(({ said }) => said)

describe('the schema can be distributed by organisation', () => {
  it('every table of organisations has the column, and it is a uuid that is never empty', async () => {
    const { rows } = await owner.query<{ name: string; key: number | null }>(TABLES, [GLOBAL])
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.filter(({ key }) => key === null)).toEqual([])
    expect(
      await read(`WITH t AS (${TABLES})
        SELECT t.name AS said FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = t.key
         WHERE a.atttypid <> 'uuid'::regtype OR NOT a.attnotnull`),
    ).toEqual([])
  })

  it('every primary and unique key holds it', async () => {
    expect(
      await read(`WITH t AS (${TABLES})
        SELECT t.name || ': ' || i.indexrelid::regclass AS said FROM t JOIN pg_index i ON i.indrelid = t.oid
         WHERE i.indisunique AND NOT t.key = ANY (i.indkey::int2[])`),
    ).toEqual(['organisation: organisation_slug_key'])
  })

  it('every foreign key leads within the organisation, or to what all share', async () => {
    expect(
      await read(`WITH t AS (${TABLES})
        SELECT f.conname AS said FROM t JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
          LEFT JOIN t AS other ON other.oid = f.confrelid
         WHERE CASE WHEN other.oid IS NULL THEN f.confrelid::regclass::text <> ALL ($1)
                    ELSE NOT EXISTS (SELECT FROM unnest(f.conkey, f.confkey) AS k (here, there) WHERE k.here = t.key AND k.there = other.key) END`),
    ).toEqual([])
  })

  it('what all share leads to no organisation', async () => {
    expect(
      await read(`WITH t AS (${TABLES})
        SELECT f.conname AS said FROM pg_constraint f JOIN t ON t.oid = f.confrelid
         WHERE f.contype = 'f' AND f.conrelid::regclass::text = ANY ($1)`),
    ).toEqual([])
  })
})

describe('a statement that does not name its organisation for a table', () => {
  const READ = 'SELECT r.id FROM report r JOIN account a ON a.id = r.account_id WHERE r.org_id = $1::uuid'
  const WRITTEN = 'UPDATE account SET name = $1 WHERE id = $2::uuid'
  const INSERTED = 'INSERT INTO rollup_outbox (fact) VALUES ($1::jsonb)'
  const RIGHT = [
    'SELECT r.id FROM report r JOIN account a ON a.org_id = r.org_id AND a.id = r.account_id WHERE r.org_id = $1::uuid',
    'SELECT r.id FROM account a LEFT JOIN report r ON r.org_id = a.org_id AND r.account_id = a.id WHERE a.org_id = $1::uuid',
    'INSERT INTO rollup_outbox AS o (org_id, fact) VALUES ($1::uuid, $2::jsonb)',
    'SELECT o.name FROM organisation o WHERE o.id = $1::uuid',
    'SELECT p.id FROM person p',
    'BEGIN',
  ]
  it('is found, whether it reads or writes; one that does is not', async () => {
    const found = await unqualified(database.ownerUrl, [READ, WRITTEN, INSERTED, ...RIGHT])
    expect(found).toEqual([
      `account is read as a: ${READ}`,
      `account is read as account: ${WRITTEN}`,
      `rollup_outbox is written: ${INSERTED}`,
    ])
  })
})
