import { addDays, monthStart } from '@fieldback/domain/agenda/day'
import { KIND } from '@fieldback/domain/analytics/fact'
import type { Shift } from '@fieldback/domain/territory/shift'
import { type Shifted, shiftPairs } from '../analytics/pair-moves.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Rows that tops have, by top: what a shift writes grows with them. A territory that has none is absent. */
export async function countedRows(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
): Promise<Map<string, number>> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ id: string; n: number }[]>`
    SELECT w.id, ((SELECT count(*) FROM field_definition d JOIN rollup_cell c
                      ON c.org_id = ${org} AND c.field_id = d.id AND c.basis = 'today' AND c.territory_id = w.id
                    WHERE d.org_id = ${org})
                + (SELECT count(*) FROM rollup_cell c WHERE c.org_id = ${org} AND c.field_id = ${KIND}::uuid AND c.basis = 'today' AND c.territory_id = w.id)
                + (SELECT count(*) FROM rollup_day c WHERE c.org_id = ${org} AND c.basis = 'today' AND c.territory_id = w.id))::int AS n
      FROM unnest(${[...territoryIds]}::uuid[]) AS w (id)`
  return new Map(rows.filter(({ n }) => n > 0).map(({ id, n }) => [id, n]))
}

/** Tops `p (id, shift)` and places `w (id, times, shift)` of shifts; null when nothing is counted elsewhere. */
function shiftedOf(shifts: readonly Shift[]): Shifted | null {
  const tops = shifts.flatMap(({ tops: of }, group) => of.map((id) => ({ id, group })))
  const places = shifts.flatMap(({ at }, group) => at.map((place) => ({ ...place, group })))
  if (tops.length === 0 || places.length === 0) return null
  return {
    top: Prisma.sql`unnest(${tops.map(({ id }) => id)}::uuid[], ${tops.map(({ group }) => group)}::int[]) AS p (id, shift)`,
    place: Prisma.sql`unnest(${places.map(({ id }) => id)}::uuid[], ${places.map(({ times }) => times)}::int[],
      ${places.map(({ group }) => group)}::int[]) AS w (id, times, shift)`,
    placeIds: [...new Set(places.map(({ id }) => id))],
  }
}

/**
 * Counts what stands at some tops elsewhere from now on, as organised today. As organised then, all stays where it was
 * counted to the end of `lastDay`'s month, after which nothing of that month may be counted yet, and what is dated in later
 * months goes along; null: all stays. Facts that still wait find their lines by themselves. The tree must be held for the
 * change.
 */
export async function shiftCounts(
  { tx, scope }: ScopedDb,
  shifts: readonly Shift[],
  lastDay: string | null,
): Promise<void> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  // 31 days after its first, no month is over by more than three.
  const later = Prisma.sql`${lastDay === null ? 'infinity' : monthStart(addDays(monthStart(lastDay), 31))}::date`
  const shifted = shiftedOf(shifts)
  if (shifted === null) return
  const { top, place, placeIds } = shifted
  const changed = Prisma.sql`ANY (${placeIds}::uuid[])`
  // The organisation's questions, and how reports were made.
  const counted = Prisma.sql`SELECT id FROM field_definition WHERE org_id = ${org} UNION ALL SELECT ${KIND}::uuid`
  // Bases are named, so that each is found by the key of its rows.
  const bases = (then: 'moved' | 'then') =>
    Prisma.sql`(VALUES ('today', '-infinity'::date), (${then}, ${later})) AS b (basis, since)`

  await shiftPairs(tx, scope.orgId, shifted, later)
  await tx.$executeRaw`
    INSERT INTO rollup_cell AS c (org_id, field_id, basis, territory_id, month, bucket, outcome, n, sum)
    SELECT ${org}, s.field_id, o.basis, w.id, s.month, s.bucket, s.outcome, sum(w.times * o.sign * s.n), sum(w.times * o.sign * s.sum)
      FROM (SELECT p.shift, r.field_id, r.basis, r.month, r.bucket, r.outcome, sum(r.n) AS n, sum(r.sum) AS sum
              FROM (${counted}) f CROSS JOIN ${bases('moved')} CROSS JOIN ${top}
              JOIN rollup_cell r ON r.org_id = ${org} AND r.field_id = f.id AND r.basis = b.basis AND r.territory_id = p.id AND r.month >= b.since
             GROUP BY p.shift, r.field_id, r.basis, r.month, r.bucket, r.outcome) s
      JOIN (VALUES ('today', 'today', 1), ('today', 'moved', -1), ('moved', 'moved', 1)) AS o (of, basis, sign)
        ON o.of = s.basis AND (o.of = o.basis OR s.month < ${later})
      JOIN ${place} ON w.shift = s.shift
     GROUP BY s.field_id, o.basis, w.id, s.month, s.bucket, s.outcome
    HAVING sum(w.times * o.sign * s.n) <> 0 OR abs(sum(w.times * o.sign * s.sum)) > 1e-9
     ORDER BY s.field_id, o.basis, w.id, s.month, s.bucket, s.outcome
    ON CONFLICT (org_id, field_id, basis, territory_id, month, bucket, outcome)
      DO UPDATE SET n = c.n + excluded.n, sum = c.sum + excluded.sum`
  await tx.$executeRaw`
    DELETE FROM rollup_cell c USING (${counted}) f CROSS JOIN (VALUES ('today'), ('moved')) AS b (basis)
     WHERE c.org_id = ${org} AND c.field_id = f.id AND c.basis = b.basis AND c.territory_id = ${changed} AND c.n = 0 AND abs(c.sum) < 1e-9`
  await tx.$executeRaw`
    INSERT INTO rollup_day AS c (org_id, basis, territory_id, day, kind, outcome, n)
    SELECT ${org}, r.basis, w.id, r.day, r.kind, r.outcome, sum(w.times * r.n)
      FROM ${bases('then')} CROSS JOIN ${top}
      JOIN rollup_day r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = p.id AND r.day >= b.since
      JOIN ${place} ON w.shift = p.shift
     GROUP BY r.basis, w.id, r.day, r.kind, r.outcome HAVING sum(w.times * r.n) <> 0
     ORDER BY r.basis, w.id, r.day, r.kind, r.outcome
    ON CONFLICT (org_id, basis, territory_id, day, kind, outcome) DO UPDATE SET n = c.n + excluded.n`
  await tx.$executeRaw`
    DELETE FROM rollup_day c WHERE c.org_id = ${org} AND c.basis IN ('then', 'today') AND c.territory_id = ${changed} AND c.n = 0`
  await tx.$executeRaw`
    INSERT INTO rollup_person AS c (org_id, basis, territory_id, month, membership_id, n)
    SELECT ${org}, r.basis, w.id, r.month, r.membership_id, sum(w.times * r.n)
      FROM ${bases('then')} CROSS JOIN ${top}
      JOIN rollup_person r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = p.id AND r.month >= b.since
      JOIN ${place} ON w.shift = p.shift
     GROUP BY r.basis, w.id, r.month, r.membership_id HAVING sum(w.times * r.n) <> 0
     ORDER BY r.basis, w.id, r.month, r.membership_id
    ON CONFLICT (org_id, basis, territory_id, month, membership_id) DO UPDATE SET n = c.n + excluded.n`
  await tx.$executeRaw`
    DELETE FROM rollup_person c WHERE c.org_id = ${org} AND c.basis IN ('then', 'today') AND c.territory_id = ${changed} AND c.n = 0`
  await tx.$executeRaw`
    INSERT INTO stock_cell AS c (org_id, field_id, territory_id, bucket, n, sum)
    SELECT ${org}, r.field_id, w.id, r.bucket, sum(w.times * r.n), sum(w.times * r.sum)
      FROM (${counted}) f CROSS JOIN ${top}
      JOIN stock_cell r ON r.org_id = ${org} AND r.field_id = f.id AND r.territory_id = p.id
      JOIN ${place} ON w.shift = p.shift
     GROUP BY r.field_id, w.id, r.bucket
     ORDER BY r.field_id, w.id, r.bucket
    ON CONFLICT (org_id, field_id, territory_id, bucket) DO UPDATE SET n = c.n + excluded.n, sum = c.sum + excluded.sum`
  await tx.$executeRaw`
    DELETE FROM stock_cell c USING (${counted}) f
     WHERE c.org_id = ${org} AND c.field_id = f.id AND c.territory_id = ${changed} AND c.n = 0 AND abs(c.sum) < 1e-9`
}
