import type { Permission } from '@fieldback/domain/access/permissions'
import type { FieldAt } from '@fieldback/domain/territory/fields-meet'
import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'

/** Territories of some branches with their paths, themselves and closed ones included. */
export async function territoriesIn(
  { tx, scope }: ScopedDb,
  branches: readonly Path[],
): Promise<{ readonly id: string; readonly path: Path }[]> {
  // Branch by branch, or the planner would read every territory for many.
  return tx.$queryRaw<{ id: string; path: Path }[]>`
    SELECT t.id, t.path FROM unnest(${[...branches]}::text[]) AS b (path) CROSS JOIN LATERAL (
      SELECT id, path FROM territory
       WHERE org_id = ${scope.orgId}::uuid AND path >= b.path AND path < left(b.path, -1) || '0' OFFSET 0) t`
}

/** Gives territories other paths, and those that are named another parent. */
export async function rewritePaths(
  { tx, scope }: ScopedDb,
  territories: readonly { readonly id: string; readonly path: Path; readonly parentId: string | null }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory t SET path = m.path, parent_id = coalesce(m.parent_id, t.parent_id)
      FROM unnest(${territories.map(({ id }) => id)}::uuid[], ${territories.map(({ path }) => path)}::text[],
             ${territories.map(({ parentId }) => parentId)}::uuid[]) AS m (id, path, parent_id)
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = m.id AND t.id = ANY (${territories.map(({ id }) => id)}::uuid[])`
}

/**
 * The last day that is counted as the tree is before it changes now: today, or later where reports of some branches are
 * dated later in this month, and never earlier than that of another change.
 */
export async function lastDayBefore(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
): Promise<string> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    WITH base AS (
      SELECT greatest(${scope.day}::date, (SELECT max(last_day) FROM branch_move WHERE org_id = ${scope.orgId}::uuid)) AS day)
    SELECT to_char(greatest(base.day, (
        SELECT max(d.day) FROM unnest(${[...territoryIds]}::uuid[]) AS t (id) CROSS JOIN LATERAL (
          SELECT day FROM rollup_day
           WHERE org_id = ${scope.orgId}::uuid AND basis = 'then' AND territory_id = t.id
             AND day > base.day AND day < date_trunc('month', base.day) + interval '1 month'
           ORDER BY day DESC LIMIT 1) d)), 'YYYY-MM-DD') AS day FROM base`
  return rows[0]?.day ?? scope.day
}

/** Keeps what paths were, in the order of the moves: work captured before is judged and counted in the tree of its day. */
export async function noteMoves(
  { tx, scope }: ScopedDb,
  moves: readonly { readonly moveId: string; readonly from: Path; readonly to: Path }[],
  lastDay: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO branch_move (org_id, id, last_day, from_path, to_path)
    SELECT ${scope.orgId}::uuid, m."moveId", ${lastDay}::date, m."from", m."to"
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) AS ("moveId" uuid, "from" text, "to" text))
           WITH ORDINALITY AS m ("moveId", "from", "to", place) ORDER BY m.place`
}

/** Tells the phones of branches that gained or lost another to begin again. */
export async function countMoves({ tx, scope }: ScopedDb, territoryIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE territory SET moves = moves + 1 WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...territoryIds]}::uuid[])`
}

/** A question with its owner's place in the tree. */
export type OwnedAt = FieldAt & { readonly path: Path; readonly rank: Rank }

/** Questions owned inside some branches, or by territories of a list; at the version in force, retired ones too. */
export async function fieldsOwned(
  { tx, scope }: ScopedDb,
  { branches = [], ids = [] }: { readonly branches?: readonly Path[]; readonly ids?: readonly string[] },
): Promise<OwnedAt[]> {
  const where = Prisma.join(
    [
      Prisma.sql`t.id = ANY (${[...ids]}::uuid[])`,
      ...branches.map((path) => withinBranch(path, Prisma.sql`t.path`)),
    ],
    ' OR ',
  )
  return tx.$queryRaw<OwnedAt[]>`
    SELECT ${DEFINITION_JSON} AS definition, t.name AS place, t.path, t.rank
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND (${where})
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

/** Asks for the typed columns of branches to be written again for some questions; each change has its own run. */
export async function askReslots(
  { tx, scope }: ScopedDb,
  runs: readonly {
    readonly id: string
    readonly territoryId: string
    readonly fieldIds: readonly string[]
  }[],
): Promise<void> {
  const wanted = runs.filter(({ fieldIds }) => fieldIds.length > 0)
  if (wanted.length === 0) return
  await tx.$executeRaw`
    SELECT enqueue_job('reslot', json_build_object('orgId', ${scope.orgId}::text, 'territoryId', r."territoryId", 'fieldIds', r."fieldIds"), 'reslot:' || r.id)
      FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS r (id text, "territoryId" text, "fieldIds" jsonb)`
}

/**
 * Open territories of a level, or of all levels above one, where a permission holds, with the name of what each lies
 * under; by level and name.
 */
export async function openTerritories(
  sdb: ScopedDb,
  permission: Permission,
  level: { readonly at: number } | { readonly above: number },
): Promise<
  {
    id: string
    parentId: string | null
    name: string
    rank: number
    code: string | null
    path: Path
    under: string | null
  }[]
> {
  const { tx, scope } = sdb
  const ranked = 'at' in level ? Prisma.sql`t.rank = ${level.at}` : Prisma.sql`t.rank < ${level.above}`
  return tx.$queryRaw`
    SELECT t.id, t.parent_id AS "parentId", t.name, t.rank::int AS rank, t.code, t.path, p.name AS under
      FROM territory t LEFT JOIN territory p ON p.org_id = ${scope.orgId}::uuid AND p.id = t.parent_id
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${ranked}
       AND ${withinBranches(sdb, permission, Prisma.sql`t.path`)}
     ORDER BY t.rank DESC, t.name COLLATE "und-x-icu", t.id`
}
