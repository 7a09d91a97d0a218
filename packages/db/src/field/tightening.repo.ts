import type { TighteningSpec } from '@fieldback/domain/field/field-spec'
import type { ScopedDb } from '../scoped-db.ts'

export type NewTightening = {
  readonly id: string
  readonly fieldId: string
  readonly territoryId: string
  readonly version: number
  readonly spec: TighteningSpec
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
