import type { DayRange } from '@fieldback/domain/analytics/period'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { LineMove } from '@fieldback/domain/territory/path-then'
import { type Stretch, stretchesIn } from '@fieldback/domain/territory/stretches'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedSql } from '../scoped-db.ts'

/** Where it is counted: in one of some branches; `below`: only as far as it lay in that one too. */
type Counting = { readonly tops: readonly string[]; readonly below?: string | null }

/**
 * Where reports of some days lie that count there as organised then. What has lain in a branch lies there still, or below a territory that has
 * moved since. `moves`: as for linesOf, of all of the days.
 */
export async function findStretches(
  { tx, scope }: ScopedSql,
  { tops, below = null }: Counting,
  { moves, days }: { readonly moves: readonly LineMove[]; readonly days: DayRange },
): Promise<Stretch[]> {
  const wanted = new Set(tops)
  const org = Prisma.sql`${scope.orgId}::uuid`
  const around = new Set([...tops, ...moves.map(({ to }) => pathIds(to).at(-1) ?? '')])
  // By itself, from the index of paths: joined, all territories would be read for each.
  const rows = await tx.$queryRaw<{ id: string; path: Path }[]>`
    SELECT DISTINCT l.id, l.path FROM territory b CROSS JOIN LATERAL (
      SELECT t.id, t.path FROM territory t WHERE t.org_id = ${org} AND t.path >= b.path AND t.path < left(b.path, -1) || '0' OFFSET 0) AS l
     WHERE b.org_id = ${org} AND b.id = ANY (${[...around]}::uuid[])`
  const counts = (line: readonly string[]) =>
    line.some((id) => wanted.has(id)) && (below === null || line.includes(below))
  return stretchesIn(counts, new Map(rows.map(({ id, path }) => [id, path])), { moves, days })
}

/** The same as rows (territory_id, from_day, to_day). */
export function stretchRows(stretches: readonly Stretch[]): Prisma.Sql {
  const [ids, froms, tos] = [
    stretches.map(({ territoryId }) => territoryId),
    stretches.map(({ from }) => from),
    stretches.map(({ to }) => to),
  ]
  return Prisma.sql`unnest(${ids}::uuid[], ${froms}::date[], ${tos}::date[]) AS s (territory_id, from_day, to_day)`
}
