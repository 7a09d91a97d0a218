import type { Day } from '@fieldback/domain/agenda/day'
import type { GivebackKind } from '@fieldback/domain/field/field-spec'
import type { BrokenReturn } from '@fieldback/domain/giveback/broken-returns'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Db, OrgTx } from '../client.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

/** Asks for a look at every organisation. */
export async function enqueueReturnChecks(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('check_returns', json_build_object('orgId', org_id), 'check_returns:' || org_id)
      FROM every_organisation() AS org_id`
}

/**
 * For the job alone, within nobody's rights: open territories that ask something and were not looked at this month, those
 * with a fault not today.
 */
export async function unsafeDueOwners(
  tx: OrgTx,
  orgId: string,
  { month, day, most }: { readonly month: Day; readonly day: Day; readonly most: number },
): Promise<TerritoryRow[]> {
  const rows = await tx.$queryRaw<{ row: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS row FROM territory t
      LEFT JOIN giveback_check c ON c.org_id = ${orgId}::uuid AND c.territory_id = t.id
     WHERE t.org_id = ${orgId}::uuid AND t.closed_at IS NULL
       AND EXISTS (SELECT 1 FROM field_definition d WHERE d.org_id = ${orgId}::uuid AND d.territory_id = t.id
                    AND d.current_version > 0 AND d.retired_at IS NULL)
       AND (c.checked_on IS NULL OR c.checked_on < ${month}::date
         OR (c.checked_on < ${day}::date AND EXISTS (SELECT 1 FROM field_definition d
              JOIN giveback_fault f ON f.org_id = ${orgId}::uuid AND f.field_id = d.id
             WHERE d.org_id = ${orgId}::uuid AND d.territory_id = t.id)))
     ORDER BY t.id LIMIT ${most}`
  return rows.map(({ row }) => row)
}

/** Notes that territories were looked at; answers those that nobody else noted for that day. */
export async function unsafeClaimOwners(
  tx: OrgTx,
  orgId: string,
  { territoryIds, day }: { readonly territoryIds: readonly string[]; readonly day: Day },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO giveback_check AS c (org_id, territory_id, checked_on)
    SELECT ${orgId}::uuid, id, ${day}::date FROM unnest(${[...territoryIds]}::uuid[]) AS id ORDER BY id
    ON CONFLICT (org_id, territory_id) DO UPDATE SET checked_on = EXCLUDED.checked_on WHERE c.checked_on < EXCLUDED.checked_on
    RETURNING territory_id AS id`
  return rows.map(({ id }) => id)
}

/** Live questions of some territories whose version in force was published before a day. */
export async function unsafeSettledFields(
  tx: OrgTx,
  orgId: string,
  { territoryIds, before }: { readonly territoryIds: readonly string[]; readonly before: Day },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${orgId}::uuid AND d.territory_id = ANY (${[...territoryIds]}::uuid[]) AND d.retired_at IS NULL
       AND v.published_at < ${before}::date`
  return rows.map(({ id }) => id)
}

export type FieldFault = BrokenReturn & { readonly fieldId: string; readonly version: number }

/**
 * Keeps what some territories' returns were found to lack in the place of what was known of them: what is known already
 * keeps its first day. Answers the questions that had no fault before.
 */
export async function unsafeKeepFaults(
  tx: OrgTx,
  orgId: string,
  {
    territoryIds,
    faults,
    day,
  }: { readonly territoryIds: readonly string[]; readonly faults: readonly FieldFault[]; readonly day: Day },
): Promise<string[]> {
  const rows = JSON.stringify(
    faults.map(({ fieldId, place, version, code, params }) => ({ fieldId, place, version, code, params })),
  )
  const known = await tx.$queryRaw<{ fieldId: string }[]>`
    SELECT DISTINCT f.field_id AS "fieldId" FROM giveback_fault f
      JOIN field_definition d ON d.org_id = ${orgId}::uuid AND d.id = f.field_id
     WHERE f.org_id = ${orgId}::uuid AND d.territory_id = ANY (${[...territoryIds]}::uuid[])`
  await tx.$executeRaw`
    DELETE FROM giveback_fault f USING field_definition d
     WHERE f.org_id = ${orgId}::uuid AND d.org_id = ${orgId}::uuid AND d.id = f.field_id
       AND d.territory_id = ANY (${[...territoryIds]}::uuid[])
       AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS x ("fieldId" uuid, place smallint, version int)
                        WHERE x."fieldId" = f.field_id AND x.place = f.place AND x.version = f.version)`
  await tx.$executeRaw`
    INSERT INTO giveback_fault (org_id, field_id, place, version, code, params, since)
    SELECT ${orgId}::uuid, x."fieldId", x.place, x.version, x.code, x.params, ${day}::date
      FROM jsonb_to_recordset(${rows}::jsonb) AS x ("fieldId" uuid, place smallint, version int, code text, params jsonb)
    ON CONFLICT (org_id, field_id, place) DO UPDATE SET code = EXCLUDED.code, params = EXCLUDED.params`
  const before = new Set(known.map(({ fieldId }) => fieldId))
  return [...new Set(faults.map(({ fieldId }) => fieldId))].filter((id) => !before.has(id))
}

/** A return that reaches nobody, and since when it is known. */
export type StandingFault = BrokenReturn & { readonly since: Day }

/** What is broken of the versions in force of some questions, by question; those without a fault are absent. */
export async function standingFaults(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, StandingFault[]>> {
  const rows = await tx.$queryRaw<(StandingFault & { fieldId: string; kind: GivebackKind })[]>`
    SELECT f.field_id AS "fieldId", f.place, v.spec #>> ARRAY['givebacks', f.place::text, 'kind'] AS kind, f.code, f.params,
           to_char(f.since, 'YYYY-MM-DD') AS since
      FROM giveback_fault f
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.id = f.field_id AND d.current_version = f.version
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = f.field_id AND v.version = f.version
     WHERE f.org_id = ${scope.orgId}::uuid AND f.field_id = ANY (${[...fieldIds]}::uuid[]) AND d.retired_at IS NULL
     ORDER BY f.field_id, f.place`
  const found = new Map<string, StandingFault[]>()
  for (const { fieldId, ...fault } of rows) found.set(fieldId, [...(found.get(fieldId) ?? []), fault])
  return found
}
