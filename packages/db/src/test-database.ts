import { randomUUID } from 'node:crypto'
import { Client } from 'pg'

export interface TestDatabase {
  /** Owns the schema: for arranging data and reading everything. */
  ownerUrl: string
  /** The application's role, held by row-level security. */
  appUrl: string
  /** The worker's role, held by row-level security. */
  workerUrl: string
  /** Drops the database, closing whatever is still connected. */
  drop: () => Promise<void>
}

/**
 * A migrated, empty database of its own for a test file, cloned from the template of the test cluster. Call it in
 * `beforeAll` and `drop` in `afterAll`. Roles are shared by all databases of the cluster.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const template = requireAddress('TEST_DATABASE_OWNER_URL')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(template, `CREATE DATABASE ${name} TEMPLATE ${databaseOf(template)} STRATEGY FILE_COPY`)
  return {
    ownerUrl: withDatabase(template, name),
    appUrl: withDatabase(requireAddress('TEST_DATABASE_APP_URL'), name),
    workerUrl: withDatabase(requireAddress('TEST_DATABASE_WORKER_URL'), name),
    drop: () => asOwner(template, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

/** No transaction of ours may take longer. */
const SETTLE_MS = 20_000
const OLDEST = `SELECT datname, usename, state, now() - xact_start AS since, left(query, 200) AS query
  FROM pg_stat_activity WHERE backend_xid IS NOT NULL OR backend_xmin IS NOT NULL ORDER BY xact_start LIMIT 3`

/**
 * Waits until every transaction that began before is over, those of other test files too: a pull holds back what one of
 * them could still come before, in the whole cluster. `url` is the owner's.
 */
export async function settled(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query('SELECT pg_current_xact_id()::text AS id')
    const over = () =>
      client.query('SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS yes', [rows[0].id])
    const end = Date.now() + SETTLE_MS
    while (!(await over()).rows[0].yes)
      if (Date.now() > end)
        throw new Error(`A transaction does not end: ${JSON.stringify((await client.query(OLDEST)).rows)}`)
  } finally {
    await client.end()
  }
}

// The template itself must have no visitor while it is cloned, so statements go through `postgres`.
async function asOwner(template: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(template, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function requireAddress(key: string): string {
  const value = process.env[key]
  if (value) return value
  throw new Error(`${key} is not set: run database tests through vitest with the configuration of the root.`)
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
