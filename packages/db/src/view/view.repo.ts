import { branchesWith } from '@fieldback/domain/access/scope'
import type { Day } from '@fieldback/domain/agenda/day'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranches } from '../scoped-db.ts'

/** A view as its reader lists it. */
export type ViewRow = {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly own: boolean
  readonly ownerName: string
  /** The branch it is shared with; null: its owner's alone. */
  readonly shared: { readonly id: string; readonly name: string; readonly rank: Rank } | null
  /** Its place on the reader's board; null: not pinned. */
  readonly position: number | null
  readonly weekly: boolean
}

/**
 * A condition on `v` and its branch `t`: the reader's own views, and those shared with a branch he answers for, wholly or in
 * part. A view tells nothing by itself: where it leads, its reader's rights decide.
 */
function seenBy(sdb: ScopedSql): Prisma.Sql {
  const above = branchesWith(sdb.scope, 'analytics.read').flatMap((branch) => pathIds(branch))
  return Prisma.sql`v.removed_at IS NULL AND (v.owner_id = ${sdb.scope.membershipId}::uuid
    OR t.id = ANY (${above}::uuid[]) OR ${withinBranches(sdb, 'analytics.read', Prisma.sql`t.path`)})`
}

const selectViews = ({ scope }: ScopedSql) => Prisma.sql`
  SELECT v.id, v.name, v.query, v.owner_id = ${scope.membershipId}::uuid AS own, m.display_name AS "ownerName",
         CASE WHEN t.id IS NOT NULL THEN json_build_object('id', t.id, 'name', t.name, 'rank', t.rank) END AS shared,
         r.position, coalesce(r.weekly, false) AS weekly
    FROM saved_view v
    JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = v.owner_id
    LEFT JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = v.territory_id
    LEFT JOIN view_reader r ON r.org_id = ${scope.orgId}::uuid AND r.membership_id = ${scope.membershipId}::uuid AND r.view_id = v.id
   WHERE v.org_id = ${scope.orgId}::uuid`

/** Views that the reader may open, his own first, by name. */
export async function listViews(sdb: ScopedSql, limit: number): Promise<ViewRow[]> {
  return sdb.tx.$queryRaw<ViewRow[]>`
    ${selectViews(sdb)} AND ${seenBy(sdb)}
    ORDER BY v.owner_id <> ${sdb.scope.membershipId}::uuid, lower(v.name), v.id LIMIT ${limit}`
}

/** One view that the reader may open; null when there is none, whoever else's it is. */
export async function findView(sdb: ScopedSql, viewId: string): Promise<ViewRow | null> {
  const rows = await sdb.tx.$queryRaw<ViewRow[]>`
    ${selectViews(sdb)} AND v.id = ${viewId}::uuid AND ${seenBy(sdb)}`
  return rows[0] ?? null
}

/** What the reader pinned, in his order, as far as he may still open it. */
export async function pinnedViews(sdb: ScopedSql, limit: number): Promise<ViewRow[]> {
  return sdb.tx.$queryRaw<ViewRow[]>`
    ${selectViews(sdb)} AND r.position IS NOT NULL AND ${seenBy(sdb)} ORDER BY r.position, v.id LIMIT ${limit}`
}

/** What the reader is sent each week, as far as he may still open it. */
export async function weeklyViews(sdb: ScopedSql, limit: number): Promise<ViewRow[]> {
  return sdb.tx.$queryRaw<ViewRow[]>`
    ${selectViews(sdb)} AND r.weekly AND ${seenBy(sdb)} ORDER BY r.position NULLS LAST, lower(v.name), v.id LIMIT ${limit}`
}

/** Has others who save, pin or subscribe as the same person wait: what is counted then stays so. */
export async function lockReader({ tx, scope }: ScopedSql): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ${scope.membershipId}::uuid FOR NO KEY UPDATE`
}

/** How many views the reader keeps, pinned and is sent. */
export async function countOwn({
  tx,
  scope,
}: ScopedSql): Promise<{ readonly kept: number; readonly pinned: number; readonly weekly: number }> {
  const [row] = await tx.$queryRaw<{ kept: number; pinned: number; weekly: number }[]>`
    SELECT (SELECT count(*)::int FROM saved_view
             WHERE org_id = ${scope.orgId}::uuid AND owner_id = ${scope.membershipId}::uuid AND removed_at IS NULL) AS kept,
           count(*) FILTER (WHERE r.position IS NOT NULL)::int AS pinned, count(*) FILTER (WHERE r.weekly)::int AS weekly
      FROM view_reader r JOIN saved_view v ON v.org_id = r.org_id AND v.id = r.view_id AND v.removed_at IS NULL
     WHERE r.org_id = ${scope.orgId}::uuid AND r.membership_id = ${scope.membershipId}::uuid`
  return row ?? { kept: 0, pinned: 0, weekly: 0 }
}

export type ViewText = { readonly name: string; readonly query: string; readonly territoryId: string | null }

export async function insertView(
  { tx, scope }: ScopedSql,
  { id, name, query, territoryId, at }: ViewText & { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO saved_view (org_id, id, owner_id, name, query, territory_id, saved_at)
    VALUES (${scope.orgId}::uuid, ${id}::uuid, ${scope.membershipId}::uuid, ${name}, ${query}, ${territoryId}::uuid, ${at})`
}

/** Changes a view of the reader's own; he is known to own it. */
export async function updateView(
  { tx, scope }: ScopedSql,
  { id, name, query, territoryId, at }: ViewText & { readonly id: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE saved_view SET name = ${name}, query = ${query}, territory_id = ${territoryId}::uuid, saved_at = ${at}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid AND owner_id = ${scope.membershipId}::uuid`
}

/** Takes a view of the reader's own away, or puts it back; false when there is none to. */
export async function setRemoved(
  { tx, scope }: ScopedSql,
  viewId: string,
  at: Date | null,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE saved_view SET removed_at = ${at}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${viewId}::uuid AND owner_id = ${scope.membershipId}::uuid
       AND (removed_at IS NULL) = ${at !== null}`
  return changed > 0
}

/** Forgets views of the reader's own that were taken away before an instant. */
export async function forgetRemoved({ tx, scope }: ScopedSql, before: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM saved_view
     WHERE org_id = ${scope.orgId}::uuid AND owner_id = ${scope.membershipId}::uuid AND removed_at < ${before}`
}

/** Pins a view behind those that are, or takes it off the board. */
export async function setPinned({ tx, scope }: ScopedSql, viewId: string, pinned: boolean): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO view_reader AS r (org_id, membership_id, view_id, position)
    SELECT ${scope.orgId}::uuid, ${scope.membershipId}::uuid, ${viewId}::uuid,
           CASE WHEN ${pinned} THEN coalesce(max(position) + 1, 0) END
      FROM view_reader WHERE org_id = ${scope.orgId}::uuid AND membership_id = ${scope.membershipId}::uuid
    ON CONFLICT (org_id, membership_id, view_id) DO UPDATE
       SET position = CASE WHEN ${pinned} THEN coalesce(r.position, excluded.position) END`
}

/** Puts the board in an order; views that are not on it are left out. */
export async function setOrder({ tx, scope }: ScopedSql, viewIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE view_reader r SET position = o.at
      FROM unnest(${[...viewIds]}::uuid[]) WITH ORDINALITY AS o (id, at)
     WHERE r.org_id = ${scope.orgId}::uuid AND r.membership_id = ${scope.membershipId}::uuid AND r.view_id = o.id
       AND r.position IS NOT NULL`
}

/** Has a view sent each week, or no more. One begun in the middle of a week starts with the next: `week` is its Monday. */
export async function setWeekly(
  { tx, scope }: ScopedSql,
  { viewId, weekly, week }: { readonly viewId: string; readonly weekly: boolean; readonly week: Day },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO view_reader AS r (org_id, membership_id, view_id, weekly, sent_week)
    VALUES (${scope.orgId}::uuid, ${scope.membershipId}::uuid, ${viewId}::uuid, ${weekly}, ${week}::date)
    ON CONFLICT (org_id, membership_id, view_id) DO UPDATE
       SET weekly = excluded.weekly, sent_week = greatest(r.sent_week, excluded.sent_week)`
}

/** Where a place stands among territories. */
export async function findPath({ tx, scope }: ScopedSql, territoryId: string): Promise<Path | null> {
  const rows = await tx.$queryRaw<{ path: Path }[]>`
    SELECT path FROM territory WHERE org_id = ${scope.orgId}::uuid AND id = ${territoryId}::uuid AND closed_at IS NULL`
  return rows[0]?.path ?? null
}
