import { KIND } from '@fieldback/domain/analytics/fact'
import type { FieldAt } from '@fieldback/domain/territory/fields-meet'
import { childPath, type Path } from '@fieldback/domain/territory/path'
import { shiftPairs } from '../analytics/pair-moves.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'

// Named, so that each is found by the key of its cells.
const CELL_BASES = Prisma.sql`(VALUES ('today'), ('moved')) AS b (basis)`

type Branch = { readonly id: string; readonly path: Path }
type Line = { readonly left: readonly string[]; readonly joined: readonly string[] }

/** Territories of a branch and rows of the roll-ups that its top has: what a move writes grows with them. */
export async function sizeOfMove(
  { tx, scope }: ScopedDb,
  { id, path }: Branch,
): Promise<{ readonly territories: number; readonly cells: number }> {
  const org = scope.orgId
  const rows = await tx.$queryRaw<{ territories: number; cells: number }[]>`
    SELECT (SELECT count(*) FROM territory t WHERE t.org_id = ${org}::uuid AND ${withinBranch(path, Prisma.sql`t.path`)})::int AS territories,
           ((SELECT count(*) FROM field_definition d CROSS JOIN ${CELL_BASES}
               JOIN rollup_cell c ON c.org_id = ${org}::uuid AND c.field_id = d.id AND c.basis = b.basis AND c.territory_id = ${id}::uuid
              WHERE d.org_id = ${org}::uuid)
          + (SELECT count(*) FROM ${CELL_BASES}
               JOIN rollup_cell c ON c.org_id = ${org}::uuid AND c.field_id = ${KIND}::uuid AND c.basis = b.basis AND c.territory_id = ${id}::uuid)
          + (SELECT count(*) FROM rollup_day c WHERE c.org_id = ${org}::uuid AND c.basis IN ('then', 'today') AND c.territory_id = ${id}::uuid))::int AS cells`
  return rows[0] ?? { territories: 0, cells: 0 }
}

/** Puts a branch under another parent: its top and the paths of all that lies below, closed territories too. */
export async function rewritePaths({ tx, scope }: ScopedDb, branch: Branch, parent: Branch): Promise<void> {
  const to = childPath(parent.path, branch.id)
  await tx.$executeRaw`
    UPDATE territory t SET path = ${to} || substr(t.path, ${branch.path.length + 1}::int),
           parent_id = CASE WHEN t.id = ${branch.id}::uuid THEN ${parent.id}::uuid ELSE t.parent_id END
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch.path, Prisma.sql`t.path`)}`
}

/** Keeps what the branch's path was: work captured before is judged in the tree of its moment. */
export async function noteMove(
  { tx, scope }: ScopedDb,
  move: { readonly id: string; readonly from: Path; readonly to: Path },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO branch_move (org_id, id, from_path, to_path)
    VALUES (${scope.orgId}::uuid, ${move.id}::uuid, ${move.from}, ${move.to})`
}

/** Tells the phones of branches that gained or lost another to begin again. */
export async function countMove({ tx, scope }: ScopedDb, { left, joined }: Line): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory SET moves = moves + 1
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...left, ...joined]}::uuid[])`
}

/**
 * Takes all that is counted in a branch away from the territories it leaves and adds it to those it joins: what a
 * territory counts is the sum of what lies below it, so the cells of the branch's top tell it all. Facts that still wait
 * find the new line by themselves. The tree must be held for the change.
 */
export async function shiftCounts({ tx, scope }: ScopedDb, top: string, line: Line): Promise<void> {
  await shiftPairs(tx, scope.orgId, { top, ...line })
  const org = Prisma.sql`${scope.orgId}::uuid`
  const away = Prisma.sql`ANY (${[...line.left]}::uuid[])`
  const above = Prisma.sql`unnest(${[...line.left, ...line.joined]}::uuid[],
    ${[...line.left.map(() => -1), ...line.joined.map(() => 1)]}::int[]) AS w (id, sign)`
  const bases = Prisma.sql`(VALUES ('then'), ('today')) AS b (basis)`
  // The organisation's questions, and how reports were made.
  const counted = Prisma.sql`SELECT id FROM field_definition WHERE org_id = ${org} UNION ALL SELECT ${KIND}::uuid`

  await tx.$executeRaw`
    INSERT INTO rollup_cell AS c (org_id, field_id, basis, territory_id, month, bucket, outcome, n, sum)
    SELECT ${org}, r.field_id, r.basis, w.id, r.month, r.bucket, r.outcome, w.sign * r.n, w.sign * r.sum
      FROM (${counted}) f CROSS JOIN ${CELL_BASES} CROSS JOIN ${above}
      JOIN rollup_cell r ON r.org_id = ${org} AND r.field_id = f.id AND r.basis = b.basis AND r.territory_id = ${top}::uuid
    ON CONFLICT (org_id, field_id, basis, territory_id, month, bucket, outcome)
      DO UPDATE SET n = c.n + excluded.n, sum = c.sum + excluded.sum`
  await tx.$executeRaw`
    DELETE FROM rollup_cell c USING (${counted}) f CROSS JOIN ${CELL_BASES}
     WHERE c.org_id = ${org} AND c.field_id = f.id AND c.basis = b.basis AND c.territory_id = ANY (${[...line.left, ...line.joined]}::uuid[]) AND c.n = 0 AND abs(c.sum) < 1e-9`
  await tx.$executeRaw`
    INSERT INTO rollup_day AS c (org_id, basis, territory_id, day, kind, outcome, n)
    SELECT ${org}, r.basis, w.id, r.day, r.kind, r.outcome, w.sign * r.n
      FROM ${bases} CROSS JOIN ${above}
      JOIN rollup_day r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = ${top}::uuid
    ON CONFLICT (org_id, basis, territory_id, day, kind, outcome) DO UPDATE SET n = c.n + excluded.n`
  await tx.$executeRaw`
    DELETE FROM rollup_day c WHERE c.org_id = ${org} AND c.basis IN ('then', 'today') AND c.territory_id = ${away} AND c.n = 0`
  await tx.$executeRaw`
    INSERT INTO rollup_person AS c (org_id, basis, territory_id, month, membership_id, n)
    SELECT ${org}, r.basis, w.id, r.month, r.membership_id, w.sign * r.n
      FROM ${bases} CROSS JOIN ${above}
      JOIN rollup_person r ON r.org_id = ${org} AND r.basis = b.basis AND r.territory_id = ${top}::uuid
    ON CONFLICT (org_id, basis, territory_id, month, membership_id) DO UPDATE SET n = c.n + excluded.n`
  await tx.$executeRaw`
    DELETE FROM rollup_person c WHERE c.org_id = ${org} AND c.basis IN ('then', 'today') AND c.territory_id = ${away} AND c.n = 0`
  await tx.$executeRaw`
    INSERT INTO stock_cell AS c (org_id, field_id, territory_id, bucket, n, sum)
    SELECT ${org}, r.field_id, w.id, r.bucket, w.sign * r.n, w.sign * r.sum
      FROM (${counted}) f CROSS JOIN ${above}
      JOIN stock_cell r ON r.org_id = ${org} AND r.field_id = f.id AND r.territory_id = ${top}::uuid
    ON CONFLICT (org_id, field_id, territory_id, bucket) DO UPDATE SET n = c.n + excluded.n, sum = c.sum + excluded.sum`
  await tx.$executeRaw`
    DELETE FROM stock_cell c USING (${counted}) f
     WHERE c.org_id = ${org} AND c.field_id = f.id AND c.territory_id = ${away} AND c.n = 0 AND abs(c.sum) < 1e-9`
}

/** Questions owned inside a branch, or by territories of a list; at the version in force, retired ones too. */
export async function fieldsOwned(
  { tx, scope }: ScopedDb,
  owners: { readonly branch: Path } | { readonly ids: readonly string[] },
): Promise<FieldAt[]> {
  const where =
    'branch' in owners
      ? withinBranch(owners.branch, Prisma.sql`t.path`)
      : Prisma.sql`t.id = ANY (${[...owners.ids]}::uuid[])`
  return tx.$queryRaw<FieldAt[]>`
    SELECT ${DEFINITION_JSON} AS definition, t.name AS place
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND ${where}
     ORDER BY d.id`
}

/** Typed columns taken by any question, per entity. */
export async function takenSlots({ tx, scope }: ScopedDb): Promise<{ entity: string; slot: string }[]> {
  return tx.$queryRaw<{ entity: string; slot: string }[]>`
    SELECT DISTINCT entity, slot FROM field_definition WHERE org_id = ${scope.orgId}::uuid AND slot IS NOT NULL`
}

/** Gives questions other typed columns; null: their answers stand in the child table. */
export async function setSlots(
  { tx, scope }: ScopedDb,
  slots: readonly { readonly id: string; readonly slot: string | null }[],
): Promise<void> {
  if (slots.length === 0) return
  await tx.$executeRaw`
    UPDATE field_definition d SET slot = x.slot
      FROM jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) AS x (id uuid, slot text)
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = x.id`
}

/** Asks for the typed columns of a branch to be written again for some questions; each move has its own run. */
export async function askReslot(
  { tx, scope }: ScopedDb,
  run: { readonly id: string; readonly territoryId: string; readonly fieldIds: readonly string[] },
): Promise<void> {
  const payload = { orgId: scope.orgId, territoryId: run.territoryId, fieldIds: run.fieldIds }
  await tx.$executeRaw`SELECT enqueue_job('reslot', ${JSON.stringify(payload)}::json, ${`reslot:${run.id}`})`
}

/** Open territories above a level with the name of what each lies under, by level and name. */
export async function territoriesAbove(
  sdb: ScopedDb,
  rank: number,
): Promise<{ id: string; name: string; rank: number; path: Path; under: string | null }[]> {
  const { tx, scope } = sdb
  return tx.$queryRaw<{ id: string; name: string; rank: number; path: Path; under: string | null }[]>`
    SELECT t.id, t.name, t.rank::int AS rank, t.path, p.name AS under
      FROM territory t LEFT JOIN territory p ON p.org_id = ${scope.orgId}::uuid AND p.id = t.parent_id
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND t.rank < ${rank}
       AND ${withinBranches(sdb, 'organisation.administer', Prisma.sql`t.path`)}
     ORDER BY t.rank DESC, t.name COLLATE "und-x-icu", t.id`
}
