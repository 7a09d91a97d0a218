import { randomUUID } from 'node:crypto'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from './client.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let database: TestDatabase
let owner: Client
let db: Db
const orgs = [randomUUID(), randomUUID()] as const

beforeAll(async () => {
  database = await testDatabase()
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  db = openDb({ url: database.appUrl, max: 4 })
  for (const [index, orgId] of orgs.entries()) await arrange(orgId, `org-${index}`)
})
afterAll(async () => {
  await db.close()
  await owner.end()
  await database.drop()
})

async function arrange(orgId: string, slug: string): Promise<void> {
  const territoryId = randomUUID()
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
  await owner.query(
    'INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, $2, $2, $3, $4)',
    [orgId, slug, '[]', randomUUID()],
  )
  await owner.query(`INSERT INTO territory (org_id, id, rank, name, path) VALUES ($1, $2, 0, $3, $4)`, [
    orgId,
    territoryId,
    slug,
    `${territoryId}/`,
  ])
  await owner.query('COMMIT')
}

const TENANT_TABLES = `
  SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, c.relname = 'organisation' AS root,
         (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
           WHERE i.indrelid = c.oid AND i.indisprimary) AS first_key
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'public' AND c.relkind = 'r'
     AND c.relname NOT IN ('person', 'sign_in_token', 'sign_in_attempt', 'founding_link', '_prisma_migrations')`

describe('every table of an organisation', () => {
  it('has row-level security, enabled and forced, and begins its key with the organisation', async () => {
    const { rows } = await owner.query<{
      name: string
      enabled: boolean
      forced: boolean
      root: boolean
      first_key: string
    }>(TENANT_TABLES)
    expect(rows.length).toBeGreaterThan(20)
    const wrong = rows.filter(
      (row) => !row.enabled || !row.forced || (!row.root && row.first_key !== 'org_id'),
    )
    expect(wrong).toEqual([])
  })

  it('shows nothing to the application before an organisation is set, nor to the owner', async () => {
    for (const url of [database.appUrl, database.workerUrl, database.ownerUrl]) {
      const client = new Client({ connectionString: url })
      await client.connect()
      const { rows } = await client.query('SELECT count(*)::int AS n FROM territory')
      await client.end()
      expect(rows).toEqual([{ n: 0 }])
    }
  })

  it('refuses a row of another organisation', async () => {
    const write = inOrg(db, orgs[0], (tx) => {
      const id = randomUUID()
      return tx.territory.create({ data: { orgId: orgs[1], id, rank: 0, name: 'x', path: `${id}/` } })
    })
    await expect(write).rejects.toThrow(/row-level security/)
  })
})

describe('the organisation of a transaction', () => {
  it('never reaches another one, with more readers than connections', async () => {
    const reads = Array.from({ length: 400 }, (_, index) => {
      const orgId = orgs[index % 2] ?? orgs[0]
      return inOrg(db, orgId, async (tx) => {
        const rows = await tx.territory.findMany({ select: { orgId: true } })
        return rows.length === 1 && rows[0]?.orgId === orgId
      })
    })
    expect((await Promise.all(reads)).filter((right) => !right)).toEqual([])
  })

  it('ends with it: the next user of the connection starts with none', async () => {
    const single = openDb({ url: database.appUrl, max: 1 })
    await inOrg(single, orgs[0], (tx) => tx.territory.count())
    expect(await single.prisma.territory.count()).toBe(0)
    await expect(inOrg(single, orgs[1], () => Promise.reject(new Error('stop')))).rejects.toThrow('stop')
    expect(await single.prisma.territory.count()).toBe(0)
    await single.close()
  })

  it('would leak if it were set for the session: the reason for the rule', async () => {
    const pool = new Pool({ connectionString: database.appUrl, max: 1 })
    await pool.query(`SELECT set_config('app.org', $1, false)`, [orgs[0]])
    const { rows } = await pool.query('SELECT org_id FROM territory')
    await pool.end()
    expect(rows).toEqual([{ org_id: orgs[0] }])
  })
})

describe('the application role', () => {
  const asApp = async (text: string): Promise<unknown> => {
    const client = new Client({ connectionString: database.appUrl })
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }

  it.each(['person', 'sign_in_token', 'sign_in_attempt', 'founding_link', '_prisma_migrations'])(
    'cannot read %s',
    async (table) => {
      await expect(asApp(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/)
    },
  )

  it.each([
    'change',
    'audit_event',
    'sync_receipt',
    'sync_quarantine',
    'quarantine_settlement',
    'field_version',
    'field_set',
  ])('can add to %s and never rewrite or delete it', async (table) => {
    await expect(asApp(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/)
    await expect(asApp(`UPDATE ${table} SET org_id = org_id`)).rejects.toThrow(/permission denied/)
  })

  it.each([
    ['rollup_presence', 'months'],
    ['rollup_headcount', 'n'],
    ['ledger_presence', 'months'],
    ['ledger_month', 'answers'],
  ])('can read %s and never write it: that is derived', async (table, column) => {
    expect(await asApp(`SELECT * FROM ${table}`)).toEqual([])
    for (const write of [
      `INSERT INTO ${table} SELECT * FROM ${table}`,
      `UPDATE ${table} SET ${column} = 0`,
      `DELETE FROM ${table}`,
    ])
      await expect(asApp(write)).rejects.toThrow(/permission denied/)
  })

  it('is neither owner, nor superuser, nor above row-level security', async () => {
    const rows = await asApp(`
      SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE relname = 'report' AND relowner = r.oid) AS above
        FROM pg_roles r WHERE rolname = current_user`)
    expect(rows).toEqual([{ above: false }])
  })

  it('cannot reach the job queue but through the one function', async () => {
    await expect(asApp('SELECT * FROM graphile_worker.jobs')).rejects.toThrow(/permission denied/)
    await asApp(`SELECT enqueue_job('fold', '{"orgId": "${orgs[0]}"}', 'test')`)
    const { rows } = await owner.query(`SELECT task_identifier FROM graphile_worker.jobs WHERE key = 'test'`)
    expect(rows).toEqual([{ task_identifier: 'fold' }])
  })
})
