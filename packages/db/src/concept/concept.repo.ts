import type { Concept, ConceptLink, ConceptSpec } from '@fieldback/domain/concept/concept'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedDb, type ScopedSql, withinBranch } from '../scoped-db.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

/** Where a concept or a question belongs, with what a map needs. */
type Owner = TerritoryRow & { readonly code: string | null; readonly closed: boolean }

export type OwnedConcept = {
  readonly concept: Concept
  readonly owner: Owner
  readonly links: readonly (ConceptLink & { readonly owner: TerritoryRow })[]
}

const LINKS = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('definition', ${DEFINITION_JSON}, 'map', l.map,
           'owner', (SELECT ${TERRITORY_JSON} FROM territory t WHERE t.org_id = d.org_id AND t.id = d.territory_id),
           'replacedBy', (SELECT p.field_id FROM field_promotion_source s JOIN field_promotion p
                             ON p.org_id = s.org_id AND p.field_id = s.field_id AND p.undone_at IS NULL
                           WHERE s.org_id = d.org_id AND s.from_id = d.id)) ORDER BY l.linked_at, d.id), '[]')
    FROM concept_link l
    JOIN field_definition d ON d.org_id = l.org_id AND d.id = l.field_id
    JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
   WHERE l.org_id = c.org_id AND l.concept_id = c.id)`

const CONCEPT = Prisma.sql`
  json_build_object('id', c.id, 'territoryId', c.territory_id, 'entity', c.entity, 'spec', c.spec) AS concept,
  ${TERRITORY_JSON}::jsonb || jsonb_build_object('code', t.code, 'closed', t.closed_at IS NOT NULL) AS owner, ${LINKS} AS links`

/** Concepts of a branch and of the path to it, with all that is linked to them, from the root down; `id`: that one alone. */
export async function conceptsAround(
  { tx, scope }: ScopedSql,
  branch: Path,
  id?: string,
): Promise<OwnedConcept[]> {
  const only = id === undefined ? Prisma.empty : Prisma.sql`AND c.id = ${id}::uuid`
  return tx.$queryRaw<OwnedConcept[]>`
    SELECT ${CONCEPT}
      FROM concept c JOIN territory t ON t.org_id = c.org_id AND t.id = c.territory_id
     WHERE c.org_id = ${scope.orgId}::uuid ${only}
       AND (c.territory_id = ANY (${pathIds(branch)}::uuid[]) OR ${withinBranch(branch, Prisma.sql`t.path`)})
     ORDER BY t.rank, t.path, c.id`
}

/** By id, whoever reads: for who looks at rights himself, and for jobs; without ids, all of the organisation. */
export async function unsafeFindConcepts(
  tx: OrgSql,
  orgId: string,
  ids?: readonly string[],
): Promise<OwnedConcept[]> {
  const only = ids === undefined ? Prisma.empty : Prisma.sql`AND c.id = ANY (${[...ids]}::uuid[])`
  return tx.$queryRaw<OwnedConcept[]>`
    SELECT ${CONCEPT}
      FROM concept c JOIN territory t ON t.org_id = c.org_id AND t.id = c.territory_id
     WHERE c.org_id = ${orgId}::uuid ${only} ORDER BY c.id`
}

/** NOT_FOUND when the organisation has none of this id. */
export async function findConcept({ tx, scope }: ScopedDb, id: string): Promise<OwnedConcept> {
  const rows = await tx.$queryRaw<OwnedConcept[]>`
    SELECT ${CONCEPT}
      FROM concept c JOIN territory t ON t.org_id = c.org_id AND t.id = c.territory_id
     WHERE c.org_id = ${scope.orgId}::uuid AND c.id = ${id}::uuid`
  if (!rows[0]) throw new FieldbackError('NOT_FOUND', { what: 'concept' })
  return rows[0]
}

/** The concept that each question belongs to; one that belongs to none is absent. */
export async function conceptsOf(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, { conceptId: string; spec: ConceptSpec; map: AnswerMap }>> {
  const rows = await tx.$queryRaw<
    { fieldId: string; conceptId: string; spec: ConceptSpec; map: AnswerMap }[]
  >`
    SELECT l.field_id AS "fieldId", l.concept_id AS "conceptId", c.spec, l.map
      FROM concept_link l JOIN concept c ON c.org_id = l.org_id AND c.id = l.concept_id
     WHERE l.org_id = ${scope.orgId}::uuid AND l.field_id = ANY (${[...fieldIds]}::uuid[])`
  return new Map(rows.map(({ fieldId, ...of }) => [fieldId, of]))
}

export async function insertConcept(
  { tx, scope }: ScopedDb,
  concept: {
    readonly id: string
    readonly territoryId: string
    readonly entity: FieldEntity
    readonly spec: ConceptSpec
  },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO concept (org_id, id, territory_id, entity, spec, created_by)
    VALUES (${scope.orgId}::uuid, ${concept.id}::uuid, ${concept.territoryId}::uuid, ${concept.entity},
            ${JSON.stringify(concept.spec)}::jsonb, ${scope.membershipId}::uuid)`
}

/** A concept without a question counts nothing. */
export async function deleteConcept({ tx, scope }: ScopedDb, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM concept WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

/** Links a question, or sets its answers anew. */
export async function linkField(
  { tx, scope }: ScopedDb,
  link: { readonly fieldId: string; readonly conceptId: string; readonly map: AnswerMap },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO concept_link (org_id, field_id, concept_id, map, linked_by)
    VALUES (${scope.orgId}::uuid, ${link.fieldId}::uuid, ${link.conceptId}::uuid, ${JSON.stringify(link.map)}::jsonb, ${scope.membershipId}::uuid)
    ON CONFLICT (org_id, field_id) DO UPDATE SET concept_id = excluded.concept_id, map = excluded.map,
      linked_by = excluded.linked_by, linked_at = now()`
}

export async function unlinkField({ tx, scope }: ScopedDb, fieldId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM concept_link WHERE org_id = ${scope.orgId}::uuid AND field_id = ${fieldId}::uuid`
}
