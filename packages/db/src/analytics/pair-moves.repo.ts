import type { IdPair } from '@fieldback/domain/analytics/pair'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { enqueue } from '../sync/enqueue.ts'
import { COME_TO_NOTHING, type PairState } from './pair.repo.ts'

/** Cells of a branch that a move carries along; with more, which would take longer than a move may, pairs are counted again. */
const CELLS_CARRIED = 5_000

/** Has pairs of some states counted from the start, under other ids: nobody adds to the old cells any more. */
export async function beginAgain(tx: OrgSql, orgId: string, states: readonly PairState[]): Promise<void> {
  const org = Prisma.sql`${orgId}::uuid`
  const left = await tx.$queryRaw<(IdPair & { usedOn: string })[]>`
    UPDATE field_pair SET state = 'leaving' WHERE org_id = ${org} AND state = ANY (${[...states]}::text[]) RETURNING a, b, used_on::text AS "usedOn"`
  await tx.$executeRaw`
    INSERT INTO field_pair (org_id, id, a, b, state, used_on)
    SELECT ${org}, gen_random_uuid(), a, b, 'waiting', used_on
      FROM unnest(${left.map(({ a }) => a)}::uuid[], ${left.map(({ b }) => b)}::uuid[], ${left.map(({ usedOn }) => usedOn)}::date[]) AS p (a, b, used_on)`
}

/** What is counted elsewhere: tops `p (id, shift)`, and places `w (id, times, shift)` with what becomes of it there. */
export type Shifted = {
  readonly top: Prisma.Sql
  readonly place: Prisma.Sql
  readonly placeIds: readonly string[]
}

/**
 * Counts what pairs count at some tops elsewhere, as their answers are (territory/shift-counts.repo): what is dated before
 * `later` stays where it was as organised then. The tree must be held for the change.
 */
export async function shiftPairs(
  tx: OrgSql,
  orgId: string,
  { top, place, placeIds }: Shifted,
  later: Prisma.Sql,
): Promise<void> {
  const org = Prisma.sql`${orgId}::uuid`
  const pairs = Prisma.sql`SELECT id FROM field_pair WHERE org_id = ${org} AND state IN ('counting', 'ready')`
  // Bases are named, so that each is found by the key of its cells.
  const ofTops = Prisma.sql`(${pairs}) f CROSS JOIN (VALUES ('today', '-infinity'::date), ('moved', ${later})) AS b (basis, since) CROSS JOIN ${top}
      JOIN pair_cell r ON r.org_id = ${org} AND r.pair_id = f.id AND r.basis = b.basis AND r.territory_id = p.id AND r.month >= b.since`
  const [cells] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT FROM ${ofTops} LIMIT ${CELLS_CARRIED + 1}) AS carried`
  if ((cells?.n ?? 0) > CELLS_CARRIED) {
    await beginAgain(tx, orgId, ['counting', 'ready'])
    return enqueue(tx, 'pairs', orgId)
  }
  const times = (column: string) => Prisma.raw(`sum(w.times * o.sign * r.${column})`)
  await tx.$executeRaw`
    INSERT INTO pair_cell AS c (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month, n_order, n_quote, n_revisit, n_none, sum_a, sum_b)
    SELECT ${org}, r.pair_id, o.basis, w.id, r.bucket_a, r.bucket_b, r.month, ${times('n_order')}, ${times('n_quote')}, ${times('n_revisit')},
           ${times('n_none')}, ${times('sum_a')}, ${times('sum_b')}
      FROM ${ofTops}
      JOIN (VALUES ('today', 'today', 1), ('today', 'moved', -1), ('moved', 'moved', 1)) AS o (of, basis, sign)
        ON o.of = r.basis AND (o.of = o.basis OR r.month < ${later})
      JOIN ${place} ON w.shift = p.shift
     GROUP BY r.pair_id, o.basis, w.id, r.bucket_a, r.bucket_b, r.month
     ORDER BY r.pair_id, o.basis, w.id, r.bucket_a, r.bucket_b, r.month
    ON CONFLICT (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month)
      DO UPDATE SET n_order = c.n_order + excluded.n_order, n_quote = c.n_quote + excluded.n_quote, n_revisit = c.n_revisit + excluded.n_revisit,
        n_none = c.n_none + excluded.n_none, sum_a = c.sum_a + excluded.sum_a, sum_b = c.sum_b + excluded.sum_b`
  await tx.$executeRaw`
    DELETE FROM pair_cell c USING (${pairs}) f CROSS JOIN (VALUES ('today'), ('moved')) AS b (basis)
     WHERE c.org_id = ${org} AND c.pair_id = f.id AND c.basis = b.basis AND c.territory_id = ANY (${[...placeIds]}::uuid[]) AND ${COME_TO_NOTHING}`
}
