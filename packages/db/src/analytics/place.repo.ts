import { branchesWith } from '@fieldback/domain/access/scope'
import { conceptAsField } from '@fieldback/domain/concept/concept'
import { isText } from '@fieldback/domain/field/answer'
import type { FieldDefinition, Localised } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { conceptsAround } from '../concept/concept.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranch } from '../scoped-db.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

/** A territory with what a map needs; one that was closed still holds the reports of its time. */
export type PlaceRow = TerritoryRow & { readonly code: string | null; readonly closed: boolean }

const PLACE_JSON = Prisma.sql`${TERRITORY_JSON}::jsonb || jsonb_build_object('code', t.code, 'closed', t.closed_at IS NOT NULL)`

/** Territories by id, from the root down. */
export async function findPlaces({ tx, scope }: ScopedSql, ids: readonly string[]): Promise<PlaceRow[]> {
  const rows = await tx.$queryRaw<{ row: PlaceRow }[]>`
    SELECT ${PLACE_JSON} AS row FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ANY (${[...ids]}::uuid[]) ORDER BY t.path`
  return rows.map(({ row }) => row)
}

/** The territories just below one, closed ones too, by name. */
export async function findChildren({ tx, scope }: ScopedSql, parentId: string): Promise<PlaceRow[]> {
  const rows = await tx.$queryRaw<{ row: PlaceRow }[]>`
    SELECT ${PLACE_JSON} AS row FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.parent_id = ${parentId}::uuid ORDER BY t.name, t.id`
  return rows.map(({ row }) => row)
}

/** Territories of a level inside a branch, closed ones too, by name, as far as `limit`; `of`: how many there are. */
export async function findLevel(
  { tx, scope }: ScopedSql,
  { branch, rank, limit }: { readonly branch: Path; readonly rank: number; readonly limit: number },
): Promise<{ readonly places: PlaceRow[]; readonly of: number }> {
  const rows = await tx.$queryRaw<{ row: PlaceRow; of: number }[]>`
    SELECT ${PLACE_JSON} AS row, count(*) OVER ()::int AS of FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)} AND t.rank = ${rank}::smallint
     ORDER BY t.name, t.id LIMIT ${limit}`
  return { places: rows.map(({ row }) => row), of: rows[0]?.of ?? 0 }
}

/** Open territories of a level inside a branch that bear an official code, as far as `limit`. */
export async function findCoded(
  { tx, scope }: ScopedSql,
  { branch, rank, limit }: { readonly branch: Path; readonly rank: number; readonly limit: number },
): Promise<{ readonly id: string; readonly path: Path; readonly code: string }[]> {
  return tx.$queryRaw<{ id: string; path: Path; code: string }[]>`
    SELECT t.id, t.path, t.code FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)} AND t.rank = ${rank}::smallint
       AND t.code IS NOT NULL AND t.closed_at IS NULL
     ORDER BY t.path LIMIT ${limit}`
}

/** Roots of the branches where the reader may read figures, outermost only. */
export const analysedRoots = ({ scope }: ScopedSql): string[] =>
  branchesWith(scope, 'analytics.read').flatMap((branch) => pathIds(branch).at(-1) ?? [])

/** What the organisation calls its levels, by rank. */
export async function findLevelNames({ tx, scope }: ScopedSql): Promise<Localised[]> {
  const rows = await tx.$queryRaw<{ names: Localised[] }[]>`
    SELECT level_names AS names FROM organisation WHERE id = ${scope.orgId}::uuid`
  return rows[0]?.names ?? []
}

/** `concept`: nobody is asked it; the answers to questions of several branches are counted as its own. */
export type OwnedField = {
  readonly field: FieldDefinition
  readonly owner: PlaceRow
  readonly concept?: boolean
}

/**
 * Fields that are counted and asked somewhere in a branch: owned on the path to it, or below. At their current version,
 * retired ones too; free text never. Concepts first. `fieldId` asks for that one alone.
 */
export async function findCountedFields(
  sdb: ScopedSql,
  branch: Path,
  fieldId?: string,
): Promise<OwnedField[]> {
  const { tx, scope } = sdb
  const only = fieldId === undefined ? Prisma.empty : Prisma.sql`AND d.id = ${fieldId}::uuid`
  const rows = await tx.$queryRaw<OwnedField[]>`
    SELECT ${DEFINITION_JSON} AS field, ${PLACE_JSON} AS owner
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid ${only}
       AND (d.territory_id = ANY (${pathIds(branch)}::uuid[]) OR ${withinBranch(branch, Prisma.sql`t.path`)})
     ORDER BY t.rank, t.path, d.entity DESC, (v.spec ->> 'position')::int, d.id`
  const fields = rows.filter(({ field }) => field.spec.reportable && !isText(field.spec))
  return fieldId !== undefined && fields.length > 0
    ? fields
    : [...(await countedConcepts(sdb, branch, fieldId)), ...fields]
}

/** Concepts of a branch and above it that some question is linked to. */
async function countedConcepts(sdb: ScopedSql, branch: Path, id?: string): Promise<OwnedField[]> {
  const concepts = await conceptsAround(sdb, branch, id)
  return concepts
    .filter(({ links }) => links.length > 0)
    .map(({ concept, owner, links }) => ({ field: conceptAsField(concept, links), owner, concept: true }))
}
