import type { IdPair } from '@fieldback/domain/analytics/pair'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { enqueue } from '../sync/enqueue.ts'
import { COME_TO_NOTHING, type PairState } from './pair.repo.ts'

/** Cells of a branch that a move carries along; with more, which would take longer than a move may, pairs are counted again. */
const CELLS_CARRIED = 5_000

// Named, so that each is found by the key of its cells.
const CELL_BASES = Prisma.sql`(VALUES ('today'), ('moved')) AS b (basis)`

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

type Move = { readonly top: string; readonly left: readonly string[]; readonly joined: readonly string[] }

/** Takes what pairs count in a branch away from the territories it leaves and adds it to those it joins. The tree must be held for the change. */
export async function shiftPairs(tx: OrgSql, orgId: string, { top, left, joined }: Move): Promise<void> {
  const org = Prisma.sql`${orgId}::uuid`
  const pairs = Prisma.sql`SELECT id FROM field_pair WHERE org_id = ${org} AND state IN ('counting', 'ready')`
  const ofTop = Prisma.sql`(${pairs}) f CROSS JOIN ${CELL_BASES}
      JOIN pair_cell r ON r.org_id = ${org} AND r.pair_id = f.id AND r.basis = b.basis AND r.territory_id = ${top}::uuid`
  const [cells] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (SELECT FROM ${ofTop} LIMIT ${CELLS_CARRIED + 1}) AS carried`
  if ((cells?.n ?? 0) > CELLS_CARRIED) {
    await beginAgain(tx, orgId, ['counting', 'ready'])
    return enqueue(tx, 'pairs', orgId)
  }
  await tx.$executeRaw`
    INSERT INTO pair_cell AS c (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month, n_order, n_quote, n_revisit, n_none, sum_a, sum_b)
    SELECT ${org}, r.pair_id, r.basis, w.id, r.bucket_a, r.bucket_b, r.month, w.sign * r.n_order, w.sign * r.n_quote, w.sign * r.n_revisit,
           w.sign * r.n_none, w.sign * r.sum_a, w.sign * r.sum_b
      FROM ${ofTop} CROSS JOIN unnest(${[...left, ...joined]}::uuid[], ${[...left.map(() => -1), ...joined.map(() => 1)]}::int[]) AS w (id, sign)
    ON CONFLICT (org_id, pair_id, basis, territory_id, bucket_a, bucket_b, month)
      DO UPDATE SET n_order = c.n_order + excluded.n_order, n_quote = c.n_quote + excluded.n_quote, n_revisit = c.n_revisit + excluded.n_revisit,
        n_none = c.n_none + excluded.n_none, sum_a = c.sum_a + excluded.sum_a, sum_b = c.sum_b + excluded.sum_b`
  await tx.$executeRaw`
    DELETE FROM pair_cell c USING (${pairs}) f CROSS JOIN ${CELL_BASES}
     WHERE c.org_id = ${org} AND c.pair_id = f.id AND c.basis = b.basis AND c.territory_id = ANY (${[...left, ...joined]}::uuid[]) AND ${COME_TO_NOTHING}`
}
