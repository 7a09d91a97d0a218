import type { Localised, Tightening, TighteningSpec } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

export type NewTightening = {
  readonly id: string
  readonly fieldId: string
  readonly territoryId: string
  readonly version: number
  readonly spec: TighteningSpec
}

/** What a level says of a question, with the question's key and words and the level itself. */
export type OwnedTightening = {
  readonly tightening: Tightening
  readonly fieldId: string
  readonly key: string
  readonly label: Localised
  readonly by: TerritoryRow
}

/** What the levels of a branch say of questions that are asked. */
export async function tighteningsWithin({ tx, scope }: ScopedDb, branch: Path): Promise<OwnedTightening[]> {
  return tx.$queryRaw<OwnedTightening[]>`
    SELECT json_build_object('id', g.id, 'territoryId', g.territory_id, 'version', w.version, 'spec', w.spec) AS tightening,
           d.id AS "fieldId", d.key, v.spec -> 'label' AS label, ${TERRITORY_JSON} AS by
      FROM territory t
      JOIN field_tightening g ON g.org_id = t.org_id AND g.territory_id = t.id
      JOIN tightening_version w ON w.org_id = g.org_id AND w.tightening_id = g.id AND w.version = g.current_version
      JOIN field_definition d ON d.org_id = g.org_id AND d.id = g.field_id AND d.retired_at IS NULL
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY t.path, g.id`
}

/** Writes what a level makes of a question, or its next version, and puts it in force; earlier ones are never touched. */
export async function publishTightening({ tx, scope }: ScopedDb, next: NewTightening): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO field_tightening (org_id, id, field_id, territory_id, current_version)
    VALUES (${scope.orgId}::uuid, ${next.id}::uuid, ${next.fieldId}::uuid, ${next.territoryId}::uuid, ${next.version})
    ON CONFLICT (org_id, field_id, territory_id) DO UPDATE SET current_version = excluded.current_version`
  await tx.$executeRaw`
    INSERT INTO tightening_version (org_id, tightening_id, version, spec, published_by)
    VALUES (${scope.orgId}::uuid, ${next.id}::uuid, ${next.version}, ${JSON.stringify(next.spec)}::jsonb, ${scope.membershipId}::uuid)`
}
