import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from './generated/prisma/client.ts'

/** The handle inside one transaction that has its organisation set: the only way to reach an organisation's rows. */
export type OrgTx = Prisma.TransactionClient & { readonly __org: unique symbol }

export type Db = {
  readonly prisma: PrismaClient
  /** The connections that Prisma uses too: see org-sql.ts. */
  readonly pool: pg.Pool
  /** The name under which a connection keeps the plan of a statement; empty when it keeps none. */
  statementName(text: string): string
  close(): Promise<void>
}

export type DbOptions = {
  readonly url: string
  /** Connections of this process. */
  readonly max?: number
  /** Switch named prepared statements off behind PgBouncer older than 1.21. */
  readonly namedStatements?: boolean
  /** Milliseconds. */
  readonly connectionTimeout?: number
}

/** Opens a pool for one address; nothing is read before an organisation is set. */
export function openDb({ url, max = 10, namedStatements = true, connectionTimeout = 5_000 }: DbOptions): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: connectionTimeout,
    // What does not wait for an answer is sent with what was asked before it.
    pipeline: true,
  })
  // An idle connection that is lost is replaced at the next use.
  pool.on('error', () => {})
  const statementName = namedStatements ? namer() : () => ''
  const adapter = new PrismaPg(
    pool,
    namedStatements ? { statementNameGenerator: ({ sql }) => statementName(sql) } : {},
  )
  const prisma = new PrismaClient({ adapter })
  const close = async () => {
    await prisma.$disconnect()
    await pool.end()
  }
  return { prisma, pool, statementName, close }
}

function namer(): (text: string) => string {
  const statements = new Map<string, string>()
  return (text) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    // Statements are few; the bound only guards against a query whose text varies. No name: the plan is not kept.
    if (statements.size >= 1000) return ''
    const name = `s${statements.size}`
    statements.set(text, name)
    return name
  }
}

export type TxOptions = {
  /** Milliseconds; a procedure is bounded to 2 s so that the pull horizon never waits long. */
  readonly timeout?: number
}

/**
 * Runs `work` in one transaction that sees only `orgId`. The setting is local to the transaction: behind a transaction
 * pooler a session-level one would leak to the next tenant (`tenant-setting.db.test.ts`).
 */
export function inOrg<T>(
  db: Db,
  orgId: string,
  work: (tx: OrgTx) => Promise<T>,
  { timeout = 2_000 }: TxOptions = {},
): Promise<T> {
  return db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.org', ${orgId}, true),
        set_config('idle_in_transaction_session_timeout', ${String(idleBound(timeout))}, true)`
      return work(tx as OrgTx)
    },
    { timeout, maxWait: 5_000 },
  )
}

/**
 * Milliseconds after which Postgres itself ends a transaction whose process no longer speaks, being stopped or cut off: as
 * long as it is open, no pull of anybody passes it.
 */
export function idleBound(timeout: number): number {
  return timeout + 5_000
}
