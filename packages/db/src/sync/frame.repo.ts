import { fieldSetHash, fieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { resolveFields } from '@fieldback/domain/field/resolve'
import type { LevelName } from '@fieldback/domain/org/level-names'
import type { Frame, TerritoryRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranches } from '../scoped-db.ts'
import { inSight } from '../territory/in-sight.ts'
import { definitionJson, TERRITORY_JSON } from './row-sql.ts'

/** Without the items of lists: phones pull those apart, as they change. */
const AS_WRITTEN = Prisma.sql`v.spec`

/** The territories in sight of the reader's branches with all above them, and every version of the fields these own. */
export async function loadFrame(sdb: ScopedSql): Promise<Frame> {
  const { tx, scope } = sdb
  const above = [...new Set(scope.grants.flatMap((grant) => pathIds(grant.path)))]
  const territories = await tx.$queryRaw<{ row: TerritoryRow; closed: boolean; made: boolean }[]>`
    SELECT ${TERRITORY_JSON} AS row, t.closed_at IS NOT NULL AS closed, t.made_by IS NOT NULL AS made FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND ${inSight(scope.orgId)}
       AND (t.id = ANY (${above}::uuid[]) OR ${withinBranches(sdb, 'report.create', Prisma.sql`t.path`)})
     ORDER BY t.path`
  const ids = territories.map(({ row }) => row.id)
  const fields = await tx.$queryRaw<{ row: FieldDefinition; live: boolean }[]>`
    SELECT ${definitionJson(Prisma.sql`g.territory_id = ANY (${ids}::uuid[])`, AS_WRITTEN)} AS row, v.version = d.current_version AND d.retired_at IS NULL AS live
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.territory_id = ANY (${ids}::uuid[])
     ORDER BY d.id, v.version`
  const names = await tx.$queryRaw<{ names: LevelName[] }[]>`
    SELECT level_names AS names FROM organisation WHERE id = ${scope.orgId}::uuid`
  return {
    levelNames: names[0]?.names ?? [],
    territories: territories.map(({ row, closed, made }) => ({
      ...row,
      ...(closed ? { closed } : {}),
      ...(made ? { made } : {}),
    })),
    fields: fields.filter(({ live }) => live).map(({ row }) => row),
    pastFields: fields.filter(({ live }) => !live).map(({ row }) => row),
  }
}

/**
 * Keeps the question sets that phones of this scope may name in their reports, one per territory of its branches, so
 * that what was asked is known when a report arrives.
 */
export async function keepFieldSets({ tx, scope }: ScopedSql, frame: Frame): Promise<void> {
  const byId = new Map(frame.territories.map((territory) => [territory.id, territory]))
  const sets = new Map<string, unknown>()
  for (const territory of frame.territories) {
    const path = pathIds(territory.path).flatMap((id) => byId.get(id) ?? [])
    const members = fieldSetMembers(resolveFields(path, frame.fields, 'report'))
    sets.set(fieldSetHash(members), members)
  }
  const rows = [...sets].map(([hash, members]) => ({ hash, members }))
  await tx.$executeRaw`
    INSERT INTO field_set (org_id, hash, members)
    SELECT ${scope.orgId}::uuid, x.hash, x.members FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x (hash text, members jsonb)
     ORDER BY x.hash
    ON CONFLICT DO NOTHING`
}
