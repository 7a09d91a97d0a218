import type { PairDelta } from '@fieldback/domain/analytics/fold-pairs'
import { type IdPair, PAIRS_MAX } from '@fieldback/domain/analytics/pair'
import type { Outcome } from '@fieldback/domain/report/report'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import type { ScopedSql } from '../scoped-db.ts'
import { enqueue } from '../sync/enqueue.ts'

export type PairState = 'waiting' | 'counting' | 'ready'

/** A pair that stands; `done` of `of`: territories whose reports are counted. */
export type PairRow = IdPair & {
  readonly id: string
  readonly state: PairState
  readonly done: number
  readonly of: number
  /** YYYY-MM-DD */
  readonly usedOn: string
}

const named = (pairs: readonly IdPair[]): Prisma.Sql =>
  Prisma.sql`unnest(${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) AS p (a, b)`

/** Those of some pairs that stand. */
export async function findPairs({ tx, scope }: ScopedSql, pairs: readonly IdPair[]): Promise<PairRow[]> {
  return tx.$queryRaw<PairRow[]>`
    SELECT f.id, f.a, f.b, f.state, f.done, f.of, f.used_on::text AS "usedOn" FROM ${named(pairs)}
      JOIN field_pair f ON f.org_id = ${scope.orgId}::uuid AND f.a = p.a AND f.b = p.b AND f.state <> 'leaving'`
}

/**
 * Has some pairs counted in advance, and notes that they were asked for. Beyond PAIRS_MAX those asked for longest ago go. `newIds`: one for
 * each.
 */
export async function keepPairs(
  { tx, scope }: ScopedSql,
  { pairs, newIds }: { readonly pairs: readonly IdPair[]; readonly newIds: readonly string[] },
): Promise<void> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  // Alone: two that ask at once would each let go of the same pairs and keep more than may stand.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`pairs:${scope.orgId}`}, 0))`
  await tx.$executeRaw`
    INSERT INTO field_pair AS f (org_id, id, a, b, state, used_on)
    SELECT ${org}, p.id, p.a, p.b, 'waiting', ${scope.day}::date
      FROM unnest(${[...newIds]}::uuid[], ${pairs.map(({ a }) => a)}::uuid[], ${pairs.map(({ b }) => b)}::uuid[]) AS p (id, a, b)
    ON CONFLICT (org_id, a, b) WHERE state <> 'leaving' DO UPDATE SET used_on = excluded.used_on WHERE f.used_on < excluded.used_on`
  await tx.$executeRaw`
    UPDATE field_pair f SET state = 'leaving'
     WHERE f.org_id = ${org} AND f.id IN (
       SELECT o.id FROM field_pair o WHERE o.org_id = ${org} AND o.state <> 'leaving'
          AND NOT EXISTS (SELECT FROM ${named(pairs)} WHERE p.a = o.a AND p.b = o.b)
        ORDER BY o.used_on DESC, o.id DESC OFFSET ${Math.max(0, PAIRS_MAX - pairs.length)})`
  await enqueue(tx, 'pairs', scope.orgId)
}

/** A pair that facts are folded into: those of the outbox above `since`. */
export type LivePair = IdPair & { readonly id: string; readonly since: number }

/** Pairs that a fold keeps current; none is let go until it has. */
export async function livePairs(tx: OrgSql, orgId: string): Promise<LivePair[]> {
  return tx.$queryRaw<LivePair[]>`
    SELECT id, a, b, since::float8 AS since FROM field_pair
     WHERE org_id = ${orgId}::uuid AND state IN ('counting', 'ready') AND since IS NOT NULL ORDER BY id FOR SHARE`
}

const column = <Key extends keyof PairDelta>(rows: readonly PairDelta[], key: Key): PairDelta[Key][] =>
  rows.map((row) => row[key])
const numbers = (rows: readonly PairDelta[], outcome: Outcome): number[] => rows.map(({ n }) => n[outcome])

/** Adds deltas in the order of their keys; rows that come to nothing are removed. */
export async function addPairs(tx: OrgSql, orgId: string, rows: readonly PairDelta[]): Promise<void> {
  if (rows.length === 0) return
  const keys = Prisma.sql`unnest(${column(rows, 'pairId')}::uuid[], ${column(rows, 'basis')}::text[], ${column(rows, 'territoryId')}::uuid[],
      ${column(rows, 'bucketA')}::text[], ${column(rows, 'bucketB')}::text[], ${column(rows, 'month')}::date[]`
  await tx.$executeRaw`
    INSERT INTO pair_cell AS c (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month, n_order, n_quote, n_revisit, n_none, sum_a, sum_b)
    SELECT ${orgId}::uuid, d.* FROM ${keys}, ${numbers(rows, 'order')}::int[], ${numbers(rows, 'quote')}::int[], ${numbers(rows, 'revisit')}::int[],
      ${numbers(rows, 'none')}::int[], ${column(rows, 'sumA')}::float8[], ${column(rows, 'sumB')}::float8[]) AS d
    ON CONFLICT (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month)
      DO UPDATE SET n_order = c.n_order + excluded.n_order, n_quote = c.n_quote + excluded.n_quote, n_revisit = c.n_revisit + excluded.n_revisit,
        n_none = c.n_none + excluded.n_none, sum_a = c.sum_a + excluded.sum_a, sum_b = c.sum_b + excluded.sum_b`
  // Only a minus brings a row down, or a plus one that was below.
  const lowered = rows.some(
    ({ basis, n }) => basis === 'moved' || Object.values(n).some((count) => count < 0),
  )
  if (!lowered) return
  await tx.$executeRaw`
    DELETE FROM pair_cell c USING ${keys}) AS d (pair_id, basis, territory_id, bucket_a, bucket_b, month)
     WHERE c.org_id = ${orgId}::uuid AND c.pair_id = d.pair_id AND c.basis = d.basis AND c.territory_id = d.territory_id
       AND c.bucket_a = d.bucket_a AND c.bucket_b = d.bucket_b AND c.month = d.month AND ${COME_TO_NOTHING}`
}

/** Of a row `c`. */
export const COME_TO_NOTHING = Prisma.sql`c.n_order = 0 AND c.n_quote = 0 AND c.n_revisit = 0 AND c.n_none = 0 AND abs(c.sum_a) < 1e-9 AND abs(c.sum_b) < 1e-9`

/** Asks for the job in every organisation with pairs to count or to let go; answers how many. For the worker's role only. */
export async function enqueueWaitingPairs(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('pairs', json_build_object('orgId', org_id), 'pairs:' || org_id) FROM waiting_pairs() AS org_id`
}
