import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldEntity, FieldSpec, FieldType } from '@fieldback/domain/field/field-spec'
import type { KeyHolder } from '@fieldback/domain/field/plan-publish'
import type { References } from '@fieldback/domain/field/plan-references'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { DEFINITION_JSON, definitionWithFewItems, TERRITORY_JSON } from '../sync/row-sql.ts'

/** `few`: of each list, the first items alone that some territories offer, however many they keep. */
export type ItemsRead = 'all' | 'few'

/** Live questions of some territories, at the version in force. */
export async function definitionsOf(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
  items: ItemsRead = 'all',
): Promise<FieldDefinition[]> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${items === 'few' ? definitionWithFewItems(territoryIds) : DEFINITION_JSON} AS row
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.territory_id = ANY (${[...territoryIds]}::uuid[]) AND d.retired_at IS NULL
     ORDER BY d.id`
  return rows.map(({ row }) => row)
}

export type OwnedField = { readonly definition: FieldDefinition; readonly owner: TerritoryRow }

/** Some live questions by their ids, in no order. */
export async function definitionsById(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<FieldDefinition[]> {
  if (fieldIds.length === 0) return []
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ANY (${[...fieldIds]}::uuid[]) AND d.retired_at IS NULL`
  return rows.map(({ row }) => row)
}

/** Whether a question bears an id, retired or not. */
export async function isFieldId({ tx, scope }: ScopedDb, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM field_definition WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
  return rows.length > 0
}

/** A territory that asks something, with what is needed to count it. */
export type Asker = {
  readonly owner: TerritoryRow
  readonly fields: readonly { readonly id: string; readonly type: FieldType }[]
}

/** Who asks on the path to a territory, there, and below it, from the root down: all of them, without their questions' words. */
export async function askersAround({ tx, scope }: ScopedDb, path: Path): Promise<Asker[]> {
  return tx.$queryRaw<Asker[]>`
    SELECT ${TERRITORY_JSON} AS owner, f.fields
      FROM territory t
      JOIN LATERAL (
        SELECT json_agg(json_build_object('id', d.id, 'type', v.spec ->> 'type') ORDER BY d.id) AS fields
          FROM field_definition d
          JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id AND v.version = d.current_version
         WHERE d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL) f ON f.fields IS NOT NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${overlapping(path)}
     ORDER BY t.path`
}

/** Live questions owned on the path to a territory, by it, and below it: at most `limit`, from the root down. */
export async function definitionsAround(
  { tx, scope }: ScopedDb,
  path: Path,
  limit: number,
): Promise<OwnedField[]> {
  return tx.$queryRaw<OwnedField[]>`
    SELECT ${DEFINITION_JSON} AS definition, ${TERRITORY_JSON} AS owner
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${overlapping(path)}
     ORDER BY t.path, d.id
     LIMIT ${limit}`
}

/** A question by its words, with its owner. */
export type NamedField = {
  readonly fieldId: string
  readonly label: FieldSpec['label']
  readonly entity: FieldEntity
  readonly owner: Pick<TerritoryRow, 'id' | 'name' | 'rank'>
}

/** Live questions of the reader's branches that are neither asked at a territory nor owned below it, by owner and place. */
export async function fieldsElsewhere(sdb: ScopedDb, path: Path): Promise<NamedField[]> {
  const { tx, scope } = sdb
  return tx.$queryRaw<NamedField[]>`
    SELECT d.id AS "fieldId", v.spec -> 'label' AS label, d.entity, json_build_object('id', t.id, 'name', t.name, 'rank', t.rank) AS owner
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL
       AND ${withinBranches(sdb, 'field.read', Prisma.sql`t.path`)} AND NOT ${overlapping(path)}
     ORDER BY t.path, d.id`
}

/** Every question of an entity of the organisation at its version in force, as the measures of cost need them. */
export async function liveTypes({ tx, scope }: ScopedDb): Promise<Pick<FieldDefinition, 'id' | 'spec'>[]> {
  return tx.$queryRaw<Pick<FieldDefinition, 'id' | 'spec'>[]>`
    SELECT d.id, v.spec FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.retired_at IS NULL`
}

/** A question with its owner, retired or not, at the version in force. NOT_FOUND when the organisation has none of this id. */
export async function findField({ tx, scope }: ScopedDb, id: string): Promise<OwnedField> {
  const rows = await tx.$queryRaw<OwnedField[]>`
    SELECT ${DEFINITION_JSON} AS definition, ${TERRITORY_JSON} AS owner
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ${id}::uuid`
  const row = rows[0]
  if (!row) throw new FieldbackError('NOT_FOUND', { what: 'field' })
  return row
}

/**
 * Makes publications of an organisation wait for each other until the end of the transaction: two branches could
 * otherwise take the same key or column at the same instant.
 */
export async function lockPublications({
  tx,
  scope,
}: Pick<ScopedDb, 'tx'> & { readonly scope: Pick<ScopedDb['scope'], 'orgId'> }): Promise<void> {
  await tx.$queryRaw`SELECT id FROM organisation WHERE id = ${scope.orgId}::uuid FOR NO KEY UPDATE`
}

/**
 * What a question of a territory may hang on: every question of the path down to it, retired ones too; and those of the
 * branch below that hang on others, since a circle may go through them.
 */
export async function referencesAround({ tx, scope }: ScopedDb, path: Path): Promise<References> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition; below: boolean }[]>`
    SELECT ${DEFINITION_JSON} AS row, NOT t.id = ANY (${pathIds(path)}::uuid[]) AS below
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid
       AND (t.id = ANY (${pathIds(path)}::uuid[])
            OR ${withinBranch(path, Prisma.sql`t.path`)} AND d.retired_at IS NULL
               AND v.spec ?| ARRAY['shownIf', 'requiredIf', 'formula'])`
  return {
    referable: rows.filter(({ below }) => !below).map(({ row }) => row),
    below: rows.filter(({ below }) => below).map(({ row }) => row),
  }
}

/** Live questions of a territory and below it that hang on others. */
export async function hangingWithin(
  { tx, scope }: ScopedDb,
  path: Path,
): Promise<(NamedField & { readonly spec: FieldSpec })[]> {
  return tx.$queryRaw<(NamedField & { spec: FieldSpec })[]>`
    SELECT d.id AS "fieldId", v.spec -> 'label' AS label, d.entity, json_build_object('id', t.id, 'name', t.name, 'rank', t.rank) AS owner, v.spec
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL AND ${withinBranch(path, Prisma.sql`t.path`)}
       AND v.spec ?| ARRAY['shownIf', 'requiredIf', 'formula']
     ORDER BY t.path, d.id`
}

/** Keys and words in use above a territory, there and below, retired ones included. */
export async function keyHolders(
  { tx, scope }: ScopedDb,
  path: Path,
  entity: FieldEntity,
): Promise<KeyHolder[]> {
  return tx.$queryRaw<KeyHolder[]>`
    SELECT d.id AS "fieldId", d.key, v.spec -> 'label' ->> 'fr' AS label, d.retired_at IS NOT NULL AS retired, t.id AS "territoryId", t.name AS "territoryName"
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.entity = ${entity}
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND ${overlapping(path)}`
}

/** The place of the last question that a territory asks of an entity; null when it asks none. */
export async function lastPosition(
  { tx, scope }: ScopedDb,
  territoryId: string,
  entity: FieldEntity,
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ last: number | null }[]>`
    SELECT max((v.spec ->> 'position')::int) AS last
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.territory_id = ${territoryId}::uuid AND d.entity = ${entity} AND d.retired_at IS NULL`
  return row?.last ?? null
}

/** Typed columns of an entity in use anywhere, and by questions above, at or below a path. Retired ones keep theirs. */
export async function usedSlots(
  { tx, scope }: ScopedDb,
  path: Path,
  entity: FieldEntity,
): Promise<{ anywhere: Set<string>; overlapping: Set<string> }> {
  const rows = await tx.$queryRaw<{ slot: string; near: boolean }[]>`
    SELECT d.slot, ${overlapping(path)} AS near
      FROM field_definition d JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.entity = ${entity} AND d.slot IS NOT NULL`
  return {
    anywhere: new Set(rows.map(({ slot }) => slot)),
    overlapping: new Set(rows.filter(({ near }) => near).map(({ slot }) => slot)),
  }
}

const overlapping = (path: Path): Prisma.Sql =>
  Prisma.sql`(t.id = ANY (${pathIds(path)}::uuid[]) OR ${withinBranch(path, Prisma.sql`t.path`)})`

export type NewVersion = {
  readonly fieldId: string
  readonly version: number
  readonly spec: FieldSpec
}
export type NewDefinition = NewVersion & {
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly key: string
  readonly slot: string | null
}

/** Writes a new question with its first version. CONFLICT when its id is taken. */
export async function insertDefinition({ tx, scope }: ScopedDb, field: NewDefinition): Promise<void> {
  const made = await tx.$executeRaw`
    INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version, slot, created_by)
    VALUES (${scope.orgId}::uuid, ${field.fieldId}::uuid, ${field.territoryId}::uuid, ${field.entity}, ${field.key},
            ${field.version}, ${field.slot}, ${scope.membershipId}::uuid)
    ON CONFLICT (org_id, id) DO NOTHING`
  // Drafts name the questions that they will make.
  if (made === 0) throw new FieldbackError('CONFLICT', { what: 'field' })
  await insertVersion({ tx, scope }, field)
}

/** Writes the next version and puts it in force; earlier ones are never touched. */
export async function publishVersion(sdb: ScopedDb, field: NewVersion): Promise<void> {
  await insertVersion(sdb, field)
  await sdb.tx.$executeRaw`
    UPDATE field_definition SET current_version = ${field.version}
     WHERE org_id = ${sdb.scope.orgId}::uuid AND id = ${field.fieldId}::uuid`
}

async function insertVersion({ tx, scope }: ScopedDb, field: NewVersion): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO field_version (org_id, field_id, version, spec, published_by)
    VALUES (${scope.orgId}::uuid, ${field.fieldId}::uuid, ${field.version}, ${JSON.stringify(field.spec)}::jsonb, ${scope.membershipId}::uuid)`
}

/** `at` null puts the question back in force. */
export async function setRetired({ tx, scope }: ScopedDb, fieldId: string, at: Date | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE field_definition SET retired_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${fieldId}::uuid`
}

/** Gives questions other keys. */
export async function setKeys(
  { tx, scope }: ScopedDb,
  keys: readonly { readonly fieldId: string; readonly key: string }[],
): Promise<void> {
  if (keys.length === 0) return
  await tx.$executeRaw`
    UPDATE field_definition d SET key = k.key
      FROM unnest(${keys.map(({ fieldId }) => fieldId)}::uuid[], ${keys.map(({ key }) => key)}::text[]) AS k (id, key)
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = k.id`
}
