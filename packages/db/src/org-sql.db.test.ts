import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from './client.ts'
import { inOrgSql, type OrgSql, TransactionTimeout } from './org-sql.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

let database: TestDatabase
let db: Db
let owner: Client
const [north, south] = [randomUUID(), randomUUID()]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 1 })
  owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await db.close()
  await owner.end()
  await database.drop()
})

const addFact = (org: string, fails = false) =>
  inOrgSql(db, org, async (sql) => {
    await sql.$executeRaw`INSERT INTO rollup_outbox (org_id, fact) VALUES (${org}::uuid, ${'{}'}::jsonb)`
    if (fails) throw new Error('afterwards')
  })
const facts = (org: string) =>
  inOrgSql(db, org, async (sql) => {
    const [row] = await sql.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM rollup_outbox`
    return row?.n
  })

describe('a transaction of raw statements', () => {
  it('sees and writes the rows of its organisation alone', async () => {
    await addFact(north)
    expect(await facts(north)).toBe(1)
    expect(await facts(south)).toBe(0)
    await expect(
      inOrgSql(
        db,
        south,
        (sql) =>
          sql.$executeRaw`INSERT INTO rollup_outbox (org_id, fact) VALUES (${north}::uuid, ${'{}'}::jsonb)`,
      ),
    ).rejects.toThrow(/row-level security/)
  })

  it('leaves no organisation and no bound behind on its connection', async () => {
    await facts(north)
    const { rows } = await db.pool.query(
      `SELECT current_setting('app.org', true) AS org, current_setting('statement_timeout') AS bound,
              current_setting('plan_cache_mode') AS plan`,
    )
    expect(rows).toEqual([{ org: '', bound: '0', plan: 'auto' }])
  })

  it('is ended by Postgres once its process says nothing more, as is one of Prisma’s', async () => {
    const bound = (sql: OrgSql) =>
      sql.$queryRaw<
        [{ bound: string }]
      >`SELECT current_setting('idle_in_transaction_session_timeout') AS bound`
    expect(await inOrgSql(db, north, bound, { timeout: 3_000 })).toEqual([{ bound: '8s' }])
    expect(await inOrg(db, north, bound, { timeout: 3_000 })).toEqual([{ bound: '8s' }])
  })

  it('writes nothing when the work fails, and its connection serves the next', async () => {
    await expect(addFact(south, true)).rejects.toThrow('afterwards')
    expect(await facts(south)).toBe(0)
  })

  it('does not say that it wrote when a failed statement was passed over', async () => {
    const swallowed = inOrgSql(db, south, async (sql) => {
      await sql.$executeRaw`INSERT INTO rollup_outbox (org_id, fact) VALUES (${south}::uuid, ${'{}'}::jsonb)`
      await sql.$executeRaw`SELECT 1 / 0`.catch(() => {})
    })
    await expect(swallowed).rejects.toThrow('rolled back')
    expect(await facts(south)).toBe(0)
  })

  it('ends behind its last statement when told to, which writes all or nothing', async () => {
    const last = (sum: number) =>
      inOrgSql(db, south, async (sql) => {
        await sql.$executeRaw`INSERT INTO rollup_outbox (org_id, fact) VALUES (${south}::uuid, ${'{}'}::jsonb)`
        const ended = sql.$queryRaw`SELECT 1 / ${sum}::int AS one`
        sql.$commit?.()
        await expect(sql.$queryRaw`SELECT 1`).rejects.toThrow('was ended')
        await ended
      })
    await expect(last(0)).rejects.toThrow('division by zero')
    expect(await facts(south)).toBe(0)
    await last(1)
    expect(await facts(south)).toBe(1)
  })

  it('that only reads is not waited for to end, and its connection serves the next with nothing left behind', async () => {
    const read = () =>
      inOrgSql(
        db,
        north,
        async (sql) => {
          const [row] = await sql.$queryRaw<{ org: string }[]>`SELECT current_setting('app.org') AS org`
          return row?.org
        },
        { reading: true },
      )
    expect(await read()).toBe(north)
    expect(db.pool.idleCount).toBe(0)
    const { rows } = await db.pool.query(`SELECT current_setting('app.org', true) AS org`)
    expect(rows).toEqual([{ org: '' }])
    expect(await read()).toBe(north)
  })

  it('ends what takes longer than it may, the statement at the server too', async () => {
    const slow = inOrgSql(db, north, (sql) => sql.$executeRaw`SELECT pg_sleep(60)`, { timeout: 300 })
    await expect(slow).rejects.toThrow()
    await expect.poll(() => sleeping()).toBe(0)
    const idle = inOrgSql(db, north, () => new Promise(() => {}), { timeout: 100 })
    await expect(idle).rejects.toThrow(TransactionTimeout)
    expect(await facts(north)).toBe(1)
  })

  it('a connection that dies fails its own work and no other', async () => {
    const dying = inOrgSql(db, north, async (sql) => {
      const [row] = await sql.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`
      await owner.query('SELECT pg_terminate_backend($1)', [row?.pid])
      await sql.$queryRaw`SELECT pg_sleep(1)`
    })
    await expect(dying).rejects.toThrow()
    expect(await facts(north)).toBe(1)
  })

  it('an organisation that is no UUID is refused before it reaches a statement', async () => {
    await expect(inOrgSql(db, `'; DROP TABLE report; --`, async () => 1)).rejects.toThrow(TypeError)
  })
})

const sleeping = async (): Promise<number> =>
  (
    await owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep(60)%'`,
    )
  ).rowCount ?? 0
