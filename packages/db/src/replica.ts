import type { Log } from '@fieldback/domain/ports/runtime'
import { type Db, type DbOptions, openDb } from './client.ts'
import { isLostConnection } from './lost-connection.ts'
import { inOrgSql, type OrgSql, type SqlOptions, TransactionTimeout } from './org-sql.ts'

/** A place in the log of Postgres, as it writes it: 16/B374D848. */
export type Position = string

const POSITION = /^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/
export const isPosition = (text: unknown): text is Position => typeof text === 'string' && POSITION.test(text)

const numberOf = (position: Position): bigint => {
  const [high = '0', low = '0'] = position.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

/** What the primary has written so far. */
export async function writtenTo(tx: OrgSql): Promise<Position> {
  const rows = await tx.$queryRaw<{ position: Position }[]>`SELECT pg_current_wal_lsn()::text AS position`
  return rows[0]?.position ?? '0/0'
}

/** The same outside any organisation. */
export async function positionOf(db: Db): Promise<Position> {
  const { rows } = await db.pool.query<{ position: Position }>(
    'SELECT pg_current_wal_lsn()::text AS position',
  )
  return rows[0]?.position ?? '0/0'
}

/** How long a reader waits for what he wrote to arrive. */
const PATIENCE_MS = 250
const LOOK_MS = 15
/** One that is away is left alone for so long: nobody waits for it again and again. */
const AWAY_MS = 10_000

type Needed = {
  /** How far the reader himself wrote; null: nothing that he has to see. */
  readonly written: Position | null
  /** How far the primary has come now. */
  readonly now: Position
}

export type Replica = {
  /**
   * `work` in one transaction of an organisation on the replica, which writes nothing; null when the primary is to be asked:
   * the replica is away, lacks what the reader wrote, or is further behind than it may.
   */
  read<T>(
    orgId: string,
    needed: Needed,
    work: (tx: OrgSql) => Promise<T>,
    options?: SqlOptions,
  ): Promise<{ readonly result: T } | null>
  close(): Promise<void>
}

export type ReplicaOptions = DbOptions & {
  readonly log: Log
  /** Milliseconds that figures may be behind. */
  readonly lag: number
  /** Milliseconds from anywhere. */
  readonly clock?: () => number
}

export function openReplica({
  log,
  lag,
  clock = () => performance.now(),
  ...options
}: ReplicaOptions): Replica {
  const db = openDb({ ...options, connectionTimeout: 1_000 })
  const floor = floorOf(lag)
  let awayUntil = Number.NEGATIVE_INFINITY
  return {
    async read(orgId, { written, now }, work, sqlOptions) {
      const at = clock()
      // What its reader says he wrote comes from his browser: it is never waited for beyond what there is.
      const least = [floor(at, now), ...(written === null ? [] : [earlier(numberOf(written), numberOf(now))])]
      if (at < awayUntil) return null
      let answered = false
      try {
        return await inOrgSql(
          db,
          orgId,
          async (tx) => {
            const come = await hasCome(tx, least)
            answered = true
            return come ? { result: await work(tx) } : null
          },
          { ...sqlOptions, reading: true },
        )
      } catch (error) {
        // What takes too long takes it on the primary too.
        const silent = error instanceof TransactionTimeout && !answered
        if (!silent && !isLostConnection(error)) throw error
        awayUntil = clock() + AWAY_MS
        log.warn('replica.away', { error: error instanceof Error ? error.name : 'unknown' })
        return null
      }
    },
    close: db.close,
  }
}

const earlier = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** A server that is no standby has replayed nothing: the primary is asked, whatever the address says. */
async function hasCome(tx: OrgSql, least: readonly bigint[]): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const rows = await tx.$queryRaw<{ standby: boolean; position: Position | null }[]>`
      SELECT pg_is_in_recovery() AS standby, pg_last_wal_replay_lsn()::text AS position`
    const { standby = false, position = null } = rows[0] ?? {}
    if (!standby || position === null) return false
    const come = numberOf(position)
    if (least.every((one) => one <= come)) return true
    if (performance.now() > end) return false
    await new Promise((done) => setTimeout(done, LOOK_MS))
  }
}

/**
 * How far a replica must have come at least: to where the primary was `lag` ago, as readers before saw it; to where it is
 * now when nobody looked then.
 */
function floorOf(lag: number): (at: number, now: Position) => bigint {
  let seen: { readonly at: number; readonly position: bigint }[] = []
  return (at, now) => {
    const position = numberOf(now)
    // As many as tell half a second from another.
    if (at - (seen.at(-1)?.at ?? Number.NEGATIVE_INFINITY) > lag / 20) seen.push({ at, position })
    seen = seen.filter((one) => at - one.at <= 2 * lag)
    return seen.findLast((one) => at - one.at >= lag)?.position ?? position
  }
}
