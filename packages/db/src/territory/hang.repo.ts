import type { Path } from '@fieldback/domain/territory/path'
import { pathIds } from '@fieldback/domain/territory/path'
import type { Hung } from '@fieldback/domain/territory/tree-step'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Ids by kind. */
export type Hanging = Partial<Record<Hung, string[]>>

/** What hangs on a territory, and of it what would mean nothing at another place. */
export type Hangs = { readonly passes: Hanging; readonly stays: Hanging }

/**
 * What hangs on a territory and would pass to another, retired questions too. What was made of an inherited question or list stays where that is not known or was made already. Roles that have ended are history.
 */
export async function hangsOn(
  { tx, scope }: ScopedDb,
  id: string,
  into: { readonly id: string; readonly path: Path },
): Promise<Hangs> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const here = Prisma.sql`territory_id = ${id}::uuid`
  // What comes along is owned there too.
  const line = Prisma.sql`ANY (${[...pathIds(into.path), id]}::uuid[])`
  const rows = await tx.$queryRaw<{ of: Hung; id: string; passes: boolean }[]>`
    SELECT 'field' AS of, d.id, true AS passes FROM field_definition d WHERE d.org_id = ${org} AND d.${here}
    UNION ALL SELECT 'tightening', g.id, d.territory_id = ${line} AND NOT EXISTS (
             SELECT FROM field_tightening o WHERE o.org_id = ${org} AND o.territory_id = ${into.id}::uuid AND o.field_id = g.field_id)
      FROM field_tightening g JOIN field_definition d ON d.org_id = ${org} AND d.id = g.field_id
     WHERE g.org_id = ${org} AND g.${here}
    UNION ALL SELECT 'concept', c.id, true FROM concept c WHERE c.org_id = ${org} AND c.${here}
    UNION ALL SELECT 'list', l.id, true FROM list l WHERE l.org_id = ${org} AND l.${here}
    UNION ALL SELECT 'item', i.id, l.territory_id = ${line}
      FROM list_item i JOIN list l ON l.org_id = ${org} AND l.id = i.list_id WHERE i.org_id = ${org} AND i.${here}
    UNION ALL SELECT 'assignment', a.id, true FROM assignment a
     WHERE a.org_id = ${org} AND a.${here} AND (a.valid_to IS NULL OR a.valid_to >= greatest(a.valid_from, ${scope.day}::date))
    UNION ALL SELECT 'delegation', g.id, true FROM delegation g
     WHERE g.org_id = ${org} AND g.${here} AND g.taken_back_at IS NULL AND (g.valid_to IS NULL OR g.valid_to >= ${scope.day}::date)`
  const of = (passes: boolean): Hanging => {
    const chosen = rows.filter((row) => row.passes === passes)
    return Object.fromEntries(
      [...new Set(chosen.map((row) => row.of))].map((kind) => [
        kind,
        chosen.filter((row) => row.of === kind).map((row) => row.id),
      ]),
    )
  }
  return { passes: of(true), stays: of(false) }
}

const TABLES: Readonly<Record<Exclude<Hung, 'assignment'>, Prisma.Sql>> = {
  field: Prisma.sql`field_definition`,
  tightening: Prisma.sql`field_tightening`,
  concept: Prisma.sql`concept`,
  list: Prisma.sql`list`,
  item: Prisma.sql`list_item`,
  delegation: Prisma.sql`delegation`,
}

/** Passes what is named from one territory to another; answers the ids by which it is known there. */
export async function rehang(
  sdb: ScopedDb,
  { fromId, toId, hung }: { readonly fromId: string; readonly toId: string; readonly hung: Hanging },
  newId: () => string,
): Promise<Hanging> {
  const passed: Hanging = {}
  for (const [of, ids] of Object.entries(hung) as [Hung, readonly string[]][]) {
    if (ids.length === 0) continue
    passed[of] =
      of === 'assignment'
        ? await passAssignments(sdb, { fromId, toId, ids }, newId)
        : await passRows(sdb, TABLES[of], { fromId, toId, ids })
  }
  return passed
}

type Passing = { readonly fromId: string; readonly toId: string; readonly ids: readonly string[] }

async function passRows({ tx, scope }: ScopedDb, table: Prisma.Sql, { fromId, toId, ids }: Passing) {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE ${table} SET territory_id = ${toId}::uuid
     WHERE org_id = ${scope.orgId}::uuid AND territory_id = ${fromId}::uuid AND id = ANY (${[...ids]}::uuid[]) RETURNING id`
  return rows.map(({ id }) => id)
}

/**
 * Roles end where they were and begin where they go: who held what on a day stays as it was. One held in place of another
 * goes on with it, and ends with the replacement.
 */
async function passAssignments(
  { tx, scope }: ScopedDb,
  { fromId, toId, ids }: Passing,
  newId: () => string,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH held AS MATERIALIZED (
      SELECT a.*, n.new_id FROM unnest(${[...ids]}::uuid[], ${ids.map(() => newId())}::uuid[]) AS n (id, new_id)
        JOIN assignment a ON a.org_id = ${scope.orgId}::uuid AND a.id = n.id
       WHERE a.territory_id = ${fromId}::uuid AND (valid_to IS NULL OR valid_to >= greatest(valid_from, ${scope.day}::date))),
    ended AS (
      UPDATE assignment a SET valid_to = greatest(a.valid_from, ${scope.day}::date) - 1 FROM held h
       WHERE a.org_id = ${scope.orgId}::uuid AND a.id = h.id)
    INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from, valid_to, granted_by, replacement_id, replaces_id)
    SELECT h.org_id, h.new_id, h.membership_id, ${toId}::uuid, h.role, greatest(h.valid_from, ${scope.day}::date), h.valid_to, h.granted_by,
           h.replacement_id, coalesce(o.new_id, h.replaces_id)
      FROM held h LEFT JOIN held o ON o.id = h.replaces_id
    RETURNING id`
  return rows.map(({ id }) => id)
}
