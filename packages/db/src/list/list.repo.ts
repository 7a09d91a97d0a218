import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldOption, Localised } from '@fieldback/domain/field/field-spec'
import { codeKey, type ItemSpec, type List } from '@fieldback/domain/list/list'
import type { HeldList } from '@fieldback/domain/list/map-list'
import type { KeptItem } from '@fieldback/domain/list/plan-items'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { ITEM_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

export type OwnedList = {
  readonly list: List
  readonly owner: TerritoryRow
  /** YYYY-MM-DD, in the organisation's time zone; null while questions may name it. */
  readonly retiredDay: string | null
}
/** Items offered somewhere, and live questions that name it. */
export type CountedList = OwnedList & { readonly items: number; readonly questions: number }

const LIST = Prisma.sql`json_build_object('id', l.id, 'territoryId', l.territory_id, 'name', l.name) AS list, ${TERRITORY_JSON} AS owner,
  to_char(l.retired_at AT TIME ZONE (SELECT time_zone FROM organisation o WHERE o.id = l.org_id), 'YYYY-MM-DD') AS "retiredDay"`

const around = (path: Path) =>
  Prisma.sql`(t.id = ANY (${pathIds(path)}::uuid[]) OR ${withinBranch(path, Prisma.sql`t.path`)})`

/** Lists kept on the path to a territory, then those of its branch, from the root down: `most` of them. */
export async function listsAround({ tx, scope }: ScopedDb, path: Path, most: number): Promise<CountedList[]> {
  return tx.$queryRaw<CountedList[]>`
    WITH named AS (
      SELECT v.spec ->> 'list' AS list, count(*)::int AS questions FROM field_definition d
        JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
       WHERE d.org_id = ${scope.orgId}::uuid AND d.retired_at IS NULL AND v.spec ? 'list'
       GROUP BY 1)
    SELECT ${LIST},
           (SELECT count(*)::int FROM list_item i WHERE i.org_id = ${scope.orgId}::uuid AND i.list_id = l.id AND i.retired_at IS NULL) AS items,
           coalesce(n.questions, 0) AS questions
      FROM list l JOIN territory t ON t.org_id = l.org_id AND t.id = l.territory_id
      LEFT JOIN named n ON n.list = l.id::text
     WHERE l.org_id = ${scope.orgId}::uuid AND ${around(path)}
     ORDER BY t.id = ANY (${pathIds(path)}::uuid[]) DESC, t.path, l.name ->> 'fr', l.id LIMIT ${most}`
}

/** The same lists, however many, by name alone. */
export async function listNamesAround({ tx, scope }: ScopedDb, path: Path): Promise<OwnedList[]> {
  return tx.$queryRaw<OwnedList[]>`
    SELECT ${LIST} FROM list l JOIN territory t ON t.org_id = l.org_id AND t.id = l.territory_id
     WHERE l.org_id = ${scope.orgId}::uuid AND ${around(path)}`
}

/** Those that are not retired, with every item they hold. */
export async function heldLists({ tx, scope }: ScopedDb, path: Path): Promise<HeldList[]> {
  return tx.$queryRaw<HeldList[]>`
    SELECT l.id, l.territory_id AS "territoryId", l.name,
           (SELECT coalesce(jsonb_agg(${ITEM_JSON} ORDER BY i.label ->> 'fr', i.id), '[]') FROM list_item i
             WHERE i.org_id = l.org_id AND i.list_id = l.id) AS items
      FROM list l JOIN territory t ON t.org_id = l.org_id AND t.id = l.territory_id
     WHERE l.org_id = ${scope.orgId}::uuid AND l.retired_at IS NULL AND ${around(path)}`
}

/** NOT_FOUND when the organisation has none of this id. `locked`: until the end of the transaction nobody else changes its items. */
export async function findList(
  { tx, scope }: ScopedDb,
  id: string,
  { locked = false }: { readonly locked?: boolean } = {},
): Promise<OwnedList> {
  const rows = await tx.$queryRaw<OwnedList[]>`
    SELECT ${LIST} FROM list l JOIN territory t ON t.org_id = l.org_id AND t.id = l.territory_id
     WHERE l.org_id = ${scope.orgId}::uuid AND l.id = ${id}::uuid ${locked ? Prisma.sql`FOR NO KEY UPDATE OF l` : Prisma.empty}`
  if (!rows[0]) throw new FieldbackError('NOT_FOUND', { what: 'list' })
  return rows[0]
}

const KEPT = Prisma.sql`json_build_object('id', i.id, 'territoryId', i.territory_id, 'code', i.code, 'label', i.label,
  'group', i."group", 'retired', i.retired_at IS NOT NULL, 'path', t.path, 'rank', t.rank, 'place', t.name)`

/** Every item of a list, of every level, by its French label. */
export async function itemsOf({ tx, scope }: ScopedDb, listId: string): Promise<KeptItem[]> {
  const rows = await tx.$queryRaw<{ row: KeptItem }[]>`
    SELECT ${KEPT} AS row FROM list_item i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
     WHERE i.org_id = ${scope.orgId}::uuid AND i.list_id = ${listId}::uuid
     ORDER BY i.label ->> 'fr' COLLATE "und-x-icu", i.id`
  return rows.map(({ row }) => row)
}

/** What a list kept on the path to a territory offers there; undefined when no list of this id is kept there, or it is retired. */
export async function itemsAt(
  { tx, scope }: ScopedDb,
  listId: string,
  path: Path,
): Promise<FieldOption[] | undefined> {
  const rows = await tx.$queryRaw<{ items: FieldOption[] }[]>`
    SELECT (SELECT coalesce(jsonb_agg(${ITEM_JSON} ORDER BY i.label ->> 'fr', i.id), '[]') FROM list_item i
             WHERE i.org_id = l.org_id AND i.list_id = l.id AND i.territory_id = ANY (${pathIds(path)}::uuid[])) AS items
      FROM list l
     WHERE l.org_id = ${scope.orgId}::uuid AND l.id = ${listId}::uuid AND l.retired_at IS NULL
       AND l.territory_id = ANY (${pathIds(path)}::uuid[])`
  return rows[0]?.items
}

/** Some items by their ids, each with its list; one that does not exist is absent. */
export async function findItems(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
): Promise<(KeptItem & { readonly listId: string })[]> {
  const rows = await tx.$queryRaw<{ listId: string; row: KeptItem }[]>`
    SELECT i.list_id AS "listId", ${KEPT} AS row FROM list_item i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
     WHERE i.org_id = ${scope.orgId}::uuid AND i.id = ANY (${[...ids]}::uuid[])`
  return rows.map(({ listId, row }) => ({ ...row, listId }))
}

/** As nameKey sees words, and coarser: what is the same to it is the same here. */
const coarse = (key: Prisma.Sql) => Prisma.sql`replace(translate(${key}, 'øłđð ', 'oldd'), 'þ', 'th')`

/** The items of a list that may be the same as one that is said so: by its code, or by its words; and how many there are. */
export async function itemsLike(
  { tx, scope }: ScopedDb,
  listId: string,
  { code, label }: ItemSpec,
): Promise<{ readonly items: KeptItem[]; readonly size: number }> {
  const inList = Prisma.sql`i.org_id = ${scope.orgId}::uuid AND i.list_id = ${listId}::uuid`
  const rows = await tx.$queryRaw<{ row: KeptItem }[]>`
    SELECT ${KEPT} AS row FROM list_item i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
     WHERE ${inList} AND (i.code_key = ${code === null ? null : codeKey(code)}
           OR starts_with(${coarse(Prisma.sql`i.find_key`)}, ${coarse(Prisma.sql`find_key(${label.fr})`)}))
     ORDER BY i.label ->> 'fr' COLLATE "und-x-icu", i.id`
  const [counted] = await tx.$queryRaw<{ size: number }[]>`
    SELECT count(*)::int AS size FROM list_item i WHERE ${inList}`
  return { items: rows.map(({ row }) => row), size: counted?.size ?? 0 }
}

export type ItemSpan = {
  readonly listId: string
  /** Items of the levels on the path to a territory, and of its branch. */
  readonly path: Path
  /** As it was typed. */
  readonly search: string
  readonly retired: boolean
  readonly from: number
  readonly most: number
}

/** Some of the items that are sought, by their code first, then in the order of their words, and how many there are. */
export async function findItemPage(
  { tx, scope }: ScopedDb,
  { listId, path, search, retired, from, most }: ItemSpan,
): Promise<{
  readonly items: KeptItem[]
  readonly found: number
  readonly total: number
  readonly retired: number
}> {
  const code = codeKey(search)
  const items = Prisma.sql`list_item i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id AND ${around(path)}`
  const inList = Prisma.sql`i.org_id = ${scope.orgId}::uuid AND i.list_id = ${listId}::uuid`
  const words = Prisma.sql`string_to_array(find_key(${search}), ' ')`
  const isCoded = Prisma.sql`starts_with(i.code_key, ${code})`
  const isSought =
    code === ''
      ? Prisma.sql`TRUE`
      : Prisma.sql`(${isCoded} OR (cardinality(${words}) > 0 AND NOT EXISTS (
          SELECT 1 FROM unnest(${words}) AS w WHERE position(' ' || w IN ' ' || i.find_key) = 0)))`
  const first = code === '' ? Prisma.empty : Prisma.sql`coalesce(${isCoded}, FALSE) DESC,`
  const isShown = Prisma.sql`(i.retired_at IS NULL) = ${!retired}`
  const rows = await tx.$queryRaw<{ row: KeptItem }[]>`
    SELECT ${KEPT} AS row FROM ${items} WHERE ${inList} AND ${isShown} AND ${isSought}
     ORDER BY ${first} i.find_key, i.id LIMIT ${most} OFFSET ${from}`
  const [counted] = await tx.$queryRaw<{ found: number; total: number; retired: number }[]>`
    SELECT count(*) FILTER (WHERE ${isShown} AND ${isSought})::int AS found,
           count(*) FILTER (WHERE i.retired_at IS NULL)::int AS total,
           count(*) FILTER (WHERE i.retired_at IS NOT NULL)::int AS retired
      FROM ${items} WHERE ${inList}`
  return { items: rows.map(({ row }) => row), ...(counted ?? { found: 0, total: 0, retired: 0 }) }
}

/** Words of the live questions that are answered from it, some of them, and how many there are. */
export async function questionsOf(
  { tx, scope }: ScopedDb,
  listId: string,
  most: number,
): Promise<{ readonly labels: Localised[]; readonly count: number }> {
  const rows = await tx.$queryRaw<{ label: Localised; count: number }[]>`
    SELECT v.spec -> 'label' AS label, (count(*) OVER ())::int AS count FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.retired_at IS NULL AND v.spec ->> 'list' = ${listId}
     ORDER BY d.id LIMIT ${most}`
  return { labels: rows.map(({ label }) => label), count: rows[0]?.count ?? 0 }
}

/** `at` null lets questions name it again. */
export async function setListRetired({ tx, scope }: ScopedDb, id: string, at: Date | null): Promise<void> {
  await tx.$executeRaw`UPDATE list SET retired_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** Whether any version of a question was ever answered from it. */
export async function isNamed({ tx, scope }: ScopedDb, listId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM field_version WHERE org_id = ${scope.orgId}::uuid AND spec ->> 'list' = ${listId} LIMIT 1`
  return rows.length > 0
}

export async function insertList({ tx, scope }: ScopedDb, { id, territoryId, name }: List): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO list (org_id, id, territory_id, name, created_by)
    VALUES (${scope.orgId}::uuid, ${id}::uuid, ${territoryId}::uuid, ${JSON.stringify(name)}::jsonb, ${scope.membershipId}::uuid)`
}

export async function renameList({ tx, scope }: ScopedDb, id: string, name: Localised): Promise<void> {
  await tx.$executeRaw`
    UPDATE list SET name = ${JSON.stringify(name)}::jsonb WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** With its items: of a list that no question ever named. */
export async function deleteList({ tx, scope }: ScopedDb, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM list_item WHERE org_id = ${scope.orgId}::uuid AND list_id = ${id}::uuid`
  await tx.$executeRaw`DELETE FROM list WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

type IdentifiedItem = { readonly id: string; readonly spec: ItemSpec }

const columns = (items: readonly IdentifiedItem[]) =>
  JSON.stringify(
    items.map(({ id, spec: { code, label, group } }) => ({
      id,
      code,
      code_key: code === null ? null : codeKey(code),
      label,
      group,
    })),
  )

/** Adds items that a territory keeps, or calls its own otherwise and offers them again: thousands at once. */
export async function putItems(
  { tx, scope }: ScopedDb,
  { listId, territoryId }: { readonly listId: string; readonly territoryId: string },
  items: readonly IdentifiedItem[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO list_item (org_id, id, list_id, territory_id, code, code_key, label, "group", created_by)
    SELECT ${scope.orgId}::uuid, x.id, ${listId}::uuid, ${territoryId}::uuid, x.code, x.code_key, x.label, x."group", ${scope.membershipId}::uuid
      FROM jsonb_to_recordset(${columns(items)}::jsonb) AS x (id uuid, code text, code_key text, label jsonb, "group" text)
    ON CONFLICT (org_id, id) DO UPDATE SET code = excluded.code, code_key = excluded.code_key, label = excluded.label,
      "group" = excluded."group", retired_at = NULL`
}

/** Calls an item otherwise, retired or not. */
export async function renameItem({ tx, scope }: ScopedDb, { id, spec }: IdentifiedItem): Promise<void> {
  const { code, label, group } = spec
  await tx.$executeRaw`
    UPDATE list_item SET code = ${code}, code_key = ${code === null ? null : codeKey(code)}, label = ${JSON.stringify(label)}::jsonb, "group" = ${group}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** `at` null offers items again. Those that stand so already keep their date. */
export async function setItemsRetired(
  { tx, scope }: ScopedDb,
  ids: readonly string[],
  at: Date | null,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE list_item SET retired_at = ${at}
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND (retired_at IS NULL) <> ${at === null}`
}
