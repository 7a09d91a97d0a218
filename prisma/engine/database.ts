import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { EngineFailure } from './engine-failure.ts'
import { type Address, explainConnectionError } from './explain-connection-error.ts'
import type { Datasource } from './read-arguments.ts'

/** Present on most servers; one of them is where CREATE DATABASE is sent from. */
const maintenanceDatabases = ['postgres', 'template1', 'defaultdb']
const defaultConnectSeconds = 5
const defaultSchema = 'public'

/** The datasource's address, or P1013 with what is wrong with it. */
export function databaseUrl({ url }: Datasource): URL {
  if (!url)
    throw new EngineFailure({
      message: 'No database address was given (datasource.url of prisma.config.ts).',
    })
  try {
    return new URL(url)
  } catch {
    throw new EngineFailure({
      code: 'P1013',
      message: 'The provided database string is invalid: it is not a URL.',
    })
  }
}

/** The schema that the address names, `public` by default, as Prisma does. */
export function schemaName(url: URL): string {
  return url.searchParams.get('schema') ?? defaultSchema
}

/**
 * One connection that stays open while nothing fails: the advisory lock of a migration belongs to a session. A failed
 * statement costs the connection, and with it the transaction that a script may have left open.
 * `schema` and `connect_timeout` (seconds) are parameters of Prisma's addresses that pg does not know.
 */
export function openPool(url: URL): pg.Pool {
  const schema = schemaName(url)
  const seconds = Number(url.searchParams.get('connect_timeout') ?? defaultConnectSeconds)
  const pool = new pg.Pool({
    connectionString: url.href,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: seconds * 1000,
    ...(schema !== defaultSchema && { options: `-c search_path=${inOptions(pg.escapeIdentifier(schema))}` }),
  })
  // A server that closes an idle connection is reported by the next query.
  pool.on('error', () => {})
  return pool
}

/** Postgres splits its start options at spaces. */
function inOptions(value: string): string {
  return value.replace(/[\\ ]/g, '\\$&')
}

function addressOf(url: URL): Address {
  const { host, port, database, user } = new pg.Client({ connectionString: url.href })
  return { host, port, database: database ?? '', user: user ?? '' }
}

/** Resolves when the database answers; else fails with P1000, P1001, P1003, P1010... */
export async function checkConnection(url: URL): Promise<void> {
  await withPool(url, (pool) => pool.query('SELECT 1'))
}

/** Creates the database and the schema that the address names, and returns the database's name. P1009 when there is one. */
export async function createDatabase(url: URL): Promise<string> {
  const { database } = addressOf(url)
  await fromMaintenanceDatabase(url, `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
  await withPool(url, (pool) =>
    pool.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schemaName(url))}`),
  )
  return database
}

export async function dropDatabase(url: URL): Promise<void> {
  await fromMaintenanceDatabase(url, `DROP DATABASE ${pg.escapeIdentifier(addressOf(url).database)}`)
}

/** An empty database beside the one of `url`, in which migrations are replayed to know what they amount to. P3014 when refused. */
export async function createShadowDatabase(url: URL): Promise<URL> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`
  try {
    await withPool(url, (pool) => pool.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`))
  } catch (error) {
    throw new EngineFailure({
      code: 'P3014',
      message: `Prisma Migrate could not create the shadow database. Please make sure the database user has permission to create databases.\n\nOriginal error: ${error instanceof Error ? error.message : error}`,
    })
  }
  return onDatabase(url, name)
}

export async function dropShadowDatabase(url: URL, shadow: URL): Promise<void> {
  const { database } = addressOf(shadow)
  await withPool(url, (pool) =>
    pool.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`),
  )
}

function onDatabase(url: URL, database: string): URL {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other
}

/** Runs a statement about a whole database from another one of the same server. */
async function fromMaintenanceDatabase(url: URL, statement: string): Promise<void> {
  const maintenance = await firstReachable(maintenanceDatabases.map((name) => onDatabase(url, name)))
  await withPool(maintenance, (pool) => pool.query(statement), addressOf(url))
}

async function firstReachable(candidates: URL[]): Promise<URL> {
  for (const candidate of candidates) {
    const failure = await checkConnection(candidate).catch((error: unknown) => error)
    if (!failure) return candidate
    const elsewhere = failure instanceof EngineFailure && ['P1003', 'P1010'].includes(failure.code ?? '')
    if (!elsewhere) throw failure
  }
  throw new EngineFailure({
    code: 'P3000',
    message: `Failed to create database: none of ${maintenanceDatabases.join(', ')} could be connected to.`,
  })
}

async function withPool(
  url: URL,
  use: (pool: pg.Pool) => Promise<unknown>,
  address: Address = addressOf(url),
): Promise<void> {
  const pool = openPool(url)
  try {
    await use(pool)
  } catch (error) {
    throw explainConnectionError(error, address)
  } finally {
    await pool.end()
  }
}
