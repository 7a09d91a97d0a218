import type { Role } from '@fieldback/domain/access/permissions'
import type { Day } from '@fieldback/domain/agenda/day'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { Path } from '@fieldback/domain/territory/path'
import type { Sunset, SunsetPlan } from '@fieldback/domain/waste/sunset'
import type { Db, OrgTx } from '../client.ts'
import type { ScopedDb } from '../scoped-db.ts'

/** Asks for a look at every organisation. */
export async function enqueueSunsets(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('sunset', json_build_object('orgId', org_id), 'sunset:' || org_id) FROM every_organisation() AS org_id`
}

export type SunsetState = {
  readonly unused: readonly string[]
  readonly standing: readonly Sunset[]
  readonly kept: readonly { readonly fieldId: string; readonly day: Day }[]
}

/**
 * For the job alone, within nobody's rights: live questions first asked before a day that were answered `answers` times at
 * least since a month (its first day) and gave nothing back, no insight either; proposals that stand; questions that were kept.
 */
export async function unsafeSunsetState(
  tx: OrgTx,
  orgId: string,
  { since, before, answers }: { readonly since: Day; readonly before: Day; readonly answers: number },
): Promise<SunsetState> {
  const [row] = await tx.$queryRaw<SunsetState[]>`
    SELECT (SELECT coalesce(json_agg(d.id), '[]') FROM field_definition d
              JOIN LATERAL (SELECT sum(l.answers) AS answers, sum(l.received) AS received FROM ledger_month l
                             WHERE l.org_id = ${orgId}::uuid AND l.field_id = d.id AND l.month >= ${since}::date) u ON true
             WHERE d.org_id = ${orgId}::uuid AND d.retired_at IS NULL AND u.received = 0 AND u.answers >= ${answers}::int
               AND NOT EXISTS (SELECT 1 FROM insight i WHERE i.org_id = ${orgId}::uuid AND (i.field_id = d.id
                  OR i.field_id = (SELECT l.concept_id FROM concept_link l WHERE l.org_id = ${orgId}::uuid AND l.field_id = d.id)))
               AND EXISTS (SELECT 1 FROM field_version v
                            WHERE v.org_id = ${orgId}::uuid AND v.field_id = d.id AND v.published_at < ${before}::date)) AS unused,
           (SELECT coalesce(json_agg(json_build_object('fieldId', s.field_id, 'proposedOn', s.proposed_on, 'warnedOn', s.warned_on)), '[]')
              FROM field_sunset s WHERE s.org_id = ${orgId}::uuid AND s.ended_on IS NULL) AS standing,
           (SELECT coalesce(json_agg(json_build_object('fieldId', k.field_id, 'day', k.day)), '[]')
              FROM (SELECT field_id, max(ended_on) AS day FROM field_sunset
                     WHERE org_id = ${orgId}::uuid AND ending = 'kept' GROUP BY field_id) k) AS kept`
  return row ?? { unused: [], standing: [], kept: [] }
}

/** A question that something was done to. */
export type SunsetField = {
  readonly fieldId: string
  readonly key: string
  readonly label: Localised
  readonly territoryId: string
  readonly territory: string
  readonly path: Path
}

/** Carries out what was planned for a day; answers the questions concerned. A second one finds nothing left to do. */
export async function unsafeCarryOut(
  tx: OrgTx,
  orgId: string,
  { propose, warn, retire, drop }: SunsetPlan,
  { day, at }: { readonly day: Day; readonly at: Date },
): Promise<SunsetField[]> {
  await tx.$executeRaw`
    INSERT INTO field_sunset (org_id, field_id, proposed_on)
    SELECT ${orgId}::uuid, id, ${day}::date FROM unnest(${[...propose]}::uuid[]) AS id ON CONFLICT DO NOTHING`
  await tx.$executeRaw`
    UPDATE field_sunset SET warned_on = ${day}::date
     WHERE org_id = ${orgId}::uuid AND field_id = ANY (${[...warn]}::uuid[]) AND ended_on IS NULL AND warned_on IS NULL`
  await tx.$executeRaw`
    UPDATE field_sunset SET ended_on = ${day}::date, ending = CASE WHEN field_id = ANY (${[...retire]}::uuid[]) THEN 'retired' ELSE 'used' END
     WHERE org_id = ${orgId}::uuid AND field_id = ANY (${[...retire, ...drop]}::uuid[]) AND ended_on IS NULL`
  await tx.$executeRaw`
    UPDATE field_definition SET retired_at = ${at}
     WHERE org_id = ${orgId}::uuid AND id = ANY (${[...retire]}::uuid[]) AND retired_at IS NULL`
  return tx.$queryRaw<SunsetField[]>`
    SELECT d.id AS "fieldId", d.key, v.spec -> 'label' AS label, t.id AS "territoryId", t.name AS territory, t.path
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${orgId}::uuid AND d.id = ANY (${[...propose, ...warn, ...retire]}::uuid[])`
}

/** Who holds one of some roles at some territories on a day. */
export type RoleHolder = { readonly territoryId: string; readonly membershipId: string }

export async function unsafeHoldersAt(
  tx: OrgTx,
  orgId: string,
  at: { readonly territoryIds: readonly string[]; readonly roles: readonly Role[]; readonly day: Day },
): Promise<RoleHolder[]> {
  return tx.$queryRaw<RoleHolder[]>`
    SELECT DISTINCT a.territory_id AS "territoryId", a.membership_id AS "membershipId" FROM assignment a
      JOIN membership m ON m.org_id = ${orgId}::uuid AND m.id = a.membership_id AND m.revoked_at IS NULL
     WHERE a.org_id = ${orgId}::uuid AND a.territory_id = ANY (${[...at.territoryIds]}::uuid[]) AND a.role = ANY (${[...at.roles]}::text[])
       AND a.valid_from <= ${at.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${at.day}::date)`
}

/** Proposals that stand for some questions. */
export async function standingSunsets(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, Sunset>> {
  const rows = await tx.$queryRaw<Sunset[]>`
    SELECT field_id AS "fieldId", to_char(proposed_on, 'YYYY-MM-DD') AS "proposedOn", to_char(warned_on, 'YYYY-MM-DD') AS "warnedOn"
      FROM field_sunset
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${[...fieldIds]}::uuid[]) AND ended_on IS NULL`
  return new Map(rows.map((row) => [row.fieldId, row]))
}

/** Of some questions, those that their owner kept since a day: when he said so last. */
export async function keptSince(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
  since: Day,
): Promise<Map<string, Day>> {
  const rows = await tx.$queryRaw<{ fieldId: string; day: Day }[]>`
    SELECT field_id AS "fieldId", to_char(max(ended_on), 'YYYY-MM-DD') AS day FROM field_sunset
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ANY (${[...fieldIds]}::uuid[]) AND ending = 'kept' AND ended_on > ${since}::date
     GROUP BY field_id`
  return new Map(rows.map(({ fieldId, day }) => [fieldId, day]))
}

/** Whoever decides on a question waits for whoever is deciding on it, and then reads what became of it. */
export async function lockField({ tx, scope }: ScopedDb, fieldId: string): Promise<void> {
  await tx.$queryRaw`
    SELECT id FROM field_definition WHERE org_id = ${scope.orgId}::uuid AND id = ${fieldId}::uuid FOR NO KEY UPDATE`
}

/** Its owner says that a question stays; false when nothing was proposed. */
export async function keepField({ tx, scope }: ScopedDb, fieldId: string): Promise<boolean> {
  const kept = await tx.$executeRaw`
    UPDATE field_sunset SET ended_on = ${scope.day}::date, ending = 'kept', ended_by = ${scope.membershipId}::uuid
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ${fieldId}::uuid AND ended_on IS NULL`
  return kept > 0
}
