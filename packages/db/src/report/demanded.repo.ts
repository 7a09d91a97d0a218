import { type Demand, demandedFrom } from '@fieldback/domain/report/still-missing'
import { Prisma } from '../generated/prisma/client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Pairs: a question, and a territory from which down it requires an answer. */
export type Demanded = { readonly fieldIds: readonly string[]; readonly territoryIds: readonly string[] }

/** What reports of the organisation may lack today. */
export async function demandedOfReports({ tx, scope }: ScopedDb): Promise<Demanded> {
  const rows = await tx.$queryRaw<Demand[]>`
    SELECT d.id, d.territory_id AS "territoryId",
           json_build_object('required', v.spec -> 'required', 'requiredIf', v.spec -> 'requiredIf') AS spec,
           (SELECT coalesce(json_agg(json_build_object('territoryId', g.territory_id, 'spec', w.spec)), '[]')
              FROM field_tightening g
              JOIN tightening_version w ON w.org_id = ${scope.orgId}::uuid AND w.tightening_id = g.id AND w.version = g.current_version
             WHERE g.org_id = ${scope.orgId}::uuid AND g.field_id = d.id) AS tightenings
      FROM field_definition d
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.entity = 'report' AND d.retired_at IS NULL`
  const pairs = rows.flatMap((field) => demandedFrom(field).map((place) => [field.id, place] as const))
  return { fieldIds: pairs.map(([id]) => id), territoryIds: pairs.map(([, place]) => place) }
}

/** Whether a report r that was left to complete lacks something still. */
export const lacksStill = (orgId: string, { fieldIds, territoryIds }: Demanded): Prisma.Sql =>
  Prisma.sql`EXISTS (
    SELECT 1 FROM unnest(${[...fieldIds]}::text[], ${[...territoryIds]}::uuid[]) AS q (field_id, territory_id)
      JOIN account qa ON qa.org_id = ${orgId}::uuid AND qa.id = r.account_id
      JOIN territory qh ON qh.org_id = ${orgId}::uuid AND qh.id = qa.territory_id
      JOIN territory qt ON qt.org_id = ${orgId}::uuid AND qt.id = q.territory_id AND starts_with(qh.path, qt.path)
     WHERE r.missing @> to_jsonb(q.field_id))`
