import type { Client, PoolClient } from 'pg'
import { type Db, idleBound, type TxOptions } from './client.ts'
import { Prisma } from './generated/prisma/client.ts'

/** The raw half of `OrgTx`: what works with it works in either transaction. */
export type OrgSql = {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>
  /**
   * Of `inOrgSql` alone: ends the transaction behind what was asked last, and leaves with it. What must hold for it to be
   * written is for that statement to say, by failing.
   */
  $commit?(): void
}

export type SqlOptions = TxOptions & {
  /** `auto`: a statement whose rows depend on what is asked for may be planned anew; `kept`: that takes longer than it runs. */
  readonly plans?: 'kept' | 'auto'
  /** Nothing is written: nobody waits for the end of the transaction. */
  readonly reading?: boolean
  /** All statements see one instant, and write nothing: no pull waits for it, however long it takes. */
  readonly snapshot?: boolean
}

const PLANS = { kept: 'force_generic_plan', auto: 'auto' }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * As `inOrg`, for the path on which phones wait: raw statements alone, by the driver itself, which takes a third of the
 * time. Rows come as the driver reads them: let the statement make JSON of what is more than text, number or boolean.
 * Throws when the work took longer than it may; nothing is written then.
 */
export async function inOrgSql<T>(
  db: Db,
  orgId: string,
  work: (sql: OrgSql) => Promise<T>,
  { timeout = 2_000, plans = 'kept', reading = false, snapshot = false }: SqlOptions = {},
): Promise<T> {
  if (!UUID.test(orgId)) throw new TypeError('An organisation is named by a UUID.')
  const client = await db.pool.connect()
  // A connection that is lost says so twice: to who waits for it, and to nobody, which would end the process.
  client.on('error', ignore)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransactionTimeout()), timeout)
  })
  late.catch(ignore)
  const letGo = (lost: boolean) => {
    clearTimeout(timer)
    client.off('error', ignore)
    client.release(lost)
  }
  try {
    const { result, ended } = await Promise.race([
      transact(client, { db, orgId, timeout, plans, snapshot, work }),
      late,
    ])
    const over = Promise.race([ended, late])
    if (reading)
      over.then(
        () => letGo(false),
        () => letGo(true),
      )
    else {
      await over
      letGo(false)
    }
    return result
  } catch (error) {
    // A statement that still runs ends with its connection.
    letGo(error instanceof TransactionTimeout || !(await rolledBack(client)))
    throw error
  }
}

export class TransactionTimeout extends Error {}

const ignore = () => {}

/** All that is asked in this turn leaves in one write: each write costs as much as a small statement. */
function sendTogether(client: PoolClient): void {
  const { stream } = (client as PoolClient & Client).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const rolledBack = (client: PoolClient): Promise<boolean> =>
  client.query('ROLLBACK').then(
    () => true,
    () => false,
  )

type Transaction<T> = {
  readonly db: Db
  readonly orgId: string
  readonly timeout: number
  readonly plans: keyof typeof PLANS
  readonly snapshot: boolean
  readonly work: (sql: OrgSql) => Promise<T>
}

/** Answers once the work is done; `ended` once all of it is committed. */
async function transact<T>(
  client: PoolClient,
  { db, orgId, timeout, plans, snapshot, work }: Transaction<T>,
): Promise<{ readonly result: T; readonly ended: Promise<void> }> {
  let commit: ReturnType<typeof end> | undefined
  const end = () => client.query('COMMIT')
  const run = (query: TemplateStringsArray | Prisma.Sql, values: readonly unknown[]) => {
    if (commit) throw new Error('The transaction was ended.')
    sendTogether(client)
    const { text, values: bound } = 'text' in query ? query : Prisma.sql(query, ...values)
    const name = db.statementName(text)
    return client.query({ text, values: bound, ...(name ? { name } : {}) })
  }
  sendTogether(client)
  const begun = client.query(
    `BEGIN${snapshot ? ' ISOLATION LEVEL REPEATABLE READ READ ONLY' : ''}; SET LOCAL app.org = '${orgId}'; SET LOCAL statement_timeout = ${timeout}; SET LOCAL idle_in_transaction_session_timeout = ${idleBound(timeout)}; SET LOCAL plan_cache_mode = ${PLANS[plans]}`,
  )
  // What is asked meanwhile goes after it on the same connection, and is refused every row if it fails.
  begun.catch(ignore)
  const result = await work({
    $queryRaw: async <R>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await run(query, values)).rows as R,
    $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
    $commit: () => {
      commit ??= end()
      // The work is told of what failed before it.
      commit.catch(ignore)
    },
  })
  await begun
  const ended = (commit ?? end()).then(({ command }) => {
    // Postgres answers ROLLBACK, and no error, when a statement failed and nobody told.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back.')
  })
  // Who was answered, or gave up waiting, hears nothing of it.
  ended.catch(ignore)
  return { result, ended }
}
