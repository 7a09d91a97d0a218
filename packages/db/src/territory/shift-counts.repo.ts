import { addDays, monthStart } from '@fieldback/domain/agenda/day'
import { KIND } from '@fieldback/domain/analytics/fact'
import type { Shift } from '@fieldback/domain/territory/shift'
import { ADD_CELL_SIDES, CELL_IS_NOTHING, CELL_SIDES, cellSides } from '../analytics/outcome-columns.ts'
import { type Shifted, shiftPairs } from '../analytics/pair-moves.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { enqueue } from '../sync/enqueue.ts'

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

/** Questions whose answers are carried over in a transaction: of a country each has thousands of cells. */
const FIELDS_A_TIME = 10

/** Figures of branches that are counted elsewhere from a move on; `lastDay`: the last that is counted as the tree was before. */
export type WaitingShift = { readonly shifts: readonly Shift[]; readonly lastDay: string }

/** Has figures carried over by the next fold, before all that is written from now on. The tree must be held for the change. */
export async function askShift({ tx, scope }: ScopedDb, { shifts, lastDay }: WaitingShift): Promise<void> {
  if (shifts.length === 0) return
  await tx.$executeRaw`
    INSERT INTO rollup_shift (org_id, shifts, last_day) VALUES (${scope.orgId}::uuid, ${JSON.stringify(shifts)}::jsonb, ${lastDay}::date)`
  await enqueue(tx, 'fold', scope.orgId)
}

/** Whether figures of a branch that moved are still counted where it was. */
export async function shiftsWait(tx: OrgSql, orgId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ wait: boolean }[]>`
    SELECT EXISTS (SELECT FROM rollup_shift WHERE org_id = ${orgId}::uuid) AS wait`
  return rows[0]?.wait ?? false
}

/**
 * Carries over a part of the shift that has waited longest, and holds it until the transaction ends: the answers to some questions,
 * or in the end all else. False: none waits.
 *
 * What stands at its tops is counted elsewhere from then on, as organised today. As organised then, all stays where it was
 * counted to the end of `lastDay`'s month, after which nothing of that month may be counted yet, and what is dated in later
 * months goes along. Facts that still wait find their lines by themselves: none that was written after the move may be
 * counted before it.
 */
export async function carryShift(tx: OrgSql, orgId: string): Promise<boolean> {
  const org = Prisma.sql`${orgId}::uuid`
  const [shift] = await tx.$queryRaw<(WaitingShift & { id: string; begun: boolean; next: string[] })[]>`
    SELECT s.id::text AS id, s.shifts, to_char(s.last_day, 'YYYY-MM-DD') AS "lastDay", s.field_id IS NOT NULL AS begun, ARRAY(
             SELECT f.id::text FROM field_definition f WHERE f.org_id = ${org} AND f.id > coalesce(s.field_id, ${KIND}::uuid)
              ORDER BY f.id LIMIT ${FIELDS_A_TIME}) AS next
      FROM rollup_shift s WHERE s.org_id = ${org} ORDER BY s.id LIMIT 1 FOR UPDATE OF s`
  if (!shift) return false
  // How reports were made lies under an id before those of all questions.
  const fields = shift.begun ? shift.next : [KIND, ...shift.next]
  const last = fields.at(-1)
  if (last !== undefined) {
    await shiftCells(tx, orgId, { ...shift, fields })
    await tx.$executeRaw`UPDATE rollup_shift SET field_id = ${last}::uuid WHERE org_id = ${org} AND id = ${shift.id}::bigint`
  } else {
    await shiftOthers(tx, orgId, shift)
    await tx.$executeRaw`DELETE FROM rollup_shift WHERE org_id = ${org} AND id = ${shift.id}::bigint`
  }
  return true
}

// 31 days after its first, no month is over by more than three.
const laterThan = (lastDay: string) => Prisma.sql`${monthStart(addDays(monthStart(lastDay), 31))}::date`
// Bases are named, so that each is found by the key of its rows.
const bases = (then: 'moved' | 'then', later: Prisma.Sql) =>
  Prisma.sql`(VALUES ('today', '-infinity'::date), (${then}, ${later})) AS b (basis, since)`

/** What was answered to some questions, and how reports were made. */
async function shiftCells(
  tx: OrgSql,
  orgId: string,
  { shifts, lastDay, fields }: WaitingShift & { readonly fields: readonly string[] },
): Promise<void> {
  const org = Prisma.sql`${orgId}::uuid`
  const later = laterThan(lastDay)
  const shifted = shiftedOf(shifts)
  if (shifted === null) return
  const { top, place, placeIds } = shifted
  const counted = Prisma.sql`unnest(${[...fields]}::uuid[]) AS f (id)`
  await tx.$executeRaw`
    INSERT INTO rollup_cell AS c (org_id, field_id, basis, territory_id, month, bucket, ${CELL_SIDES})
    SELECT ${org}, s.field_id, o.basis, w.id, s.month, s.bucket, ${cellSides((column) => `sum(w.times * o.sign * s.${column})`)}
      FROM (SELECT p.shift, r.field_id, r.basis, r.month, r.bucket, ${cellSides((column) => `sum(r.${column})`)}
              FROM ${counted} CROSS JOIN ${bases('moved', later)} CROSS JOIN ${top}
              JOIN rollup_cell r ON r.org_id = ${org} AND r.field_id = f.id AND r.basis = b.basis AND r.territory_id = p.id AND r.month >= b.since
             GROUP BY p.shift, r.field_id, r.basis, r.month, r.bucket) s
      JOIN (VALUES ('today', 'today', 1), ('today', 'moved', -1), ('moved', 'moved', 1)) AS o (of, basis, sign)
        ON o.of = s.basis AND (o.of = o.basis OR s.month < ${later})
      JOIN ${place} ON w.shift = s.shift
     GROUP BY s.field_id, o.basis, w.id, s.month, s.bucket
     ORDER BY s.field_id, o.basis, w.id, s.month, s.bucket
    ON CONFLICT (org_id, field_id, basis, territory_id, month, bucket) DO UPDATE SET ${ADD_CELL_SIDES}`
  await tx.$executeRaw`
    DELETE FROM rollup_cell c USING ${counted} CROSS JOIN (VALUES ('today'), ('moved')) AS b (basis)
     WHERE c.org_id = ${org} AND c.field_id = f.id AND c.basis = b.basis AND c.territory_id = ANY (${placeIds}::uuid[]) AND ${CELL_IS_NOTHING}`
}

/** Days, people, stocks and pairs. */
async function shiftOthers(tx: OrgSql, orgId: string, { shifts, lastDay }: WaitingShift): Promise<void> {
  const org = Prisma.sql`${orgId}::uuid`
  const later = laterThan(lastDay)
  const shifted = shiftedOf(shifts)
  if (shifted === null) return
  const { top, place, placeIds } = shifted
  const changed = Prisma.sql`ANY (${placeIds}::uuid[])`
  const counted = Prisma.sql`SELECT id FROM field_definition WHERE org_id = ${org}`

  await shiftPairs(tx, orgId, shifted, later)
  await tx.$executeRaw`
    INSERT INTO rollup_day AS c (org_id, basis, territory_id, day, kind, outcome, n)
    SELECT ${org}, r.basis, w.id, r.day, r.kind, r.outcome, sum(w.times * r.n)
      FROM ${bases('then', later)} CROSS JOIN ${top}
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
      FROM ${bases('then', later)} CROSS JOIN ${top}
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
