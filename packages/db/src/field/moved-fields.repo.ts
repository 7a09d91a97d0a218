import type { FieldDefinition, FieldEntity } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

export type CodedTerritory = TerritoryRow & { readonly code: string | null }

/** The open territories from the root to the end of a path, and of its branch, in path order. */
export async function territoriesAround({ tx, scope }: ScopedDb, path: Path): Promise<CodedTerritory[]> {
  const rows = await tx.$queryRaw<{ row: TerritoryRow; code: string | null }[]>`
    SELECT ${TERRITORY_JSON} AS row, t.code FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND t.closed_at IS NULL
       AND (t.id = ANY (${pathIds(path)}::uuid[]) OR ${withinBranch(path, Prisma.sql`t.path`)})
     ORDER BY t.path`
  return rows.map(({ row, code }) => ({ ...row, code }))
}

/** Every question of some territories at its version in force, retired ones included, in the order of their places. */
export async function everyDefinitionOf(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
): Promise<FieldDefinition[]> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ANY (${[...territoryIds]}::uuid[])
     ORDER BY t.path, d.entity, d.key`
  return rows.map(({ row }) => row)
}

/** Typed columns in use in the organisation, with the place of the question that holds each. Retired ones keep theirs. */
export async function slotsInUse({
  tx,
  scope,
}: ScopedDb): Promise<{ entity: FieldEntity; slot: string; path: Path }[]> {
  return tx.$queryRaw<{ entity: FieldEntity; slot: string; path: Path }[]>`
    SELECT d.entity, d.slot, t.path FROM field_definition d
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.slot IS NOT NULL`
}
