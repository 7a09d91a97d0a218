import type { Day } from '@fieldback/domain/agenda/day'
import type { OrgTx } from '../client.ts'

/** Reports that one look reads at most are so many of each of so many people, and the one before each. */
const PEOPLE = 100
const REPORTS_EACH = 20

/** A territory with questions of reports that nobody has looked at since a day. */
export type Unlooked = { readonly territoryId: string; readonly fieldIds: readonly string[] }

/** For the job alone: the next one, null when all were looked at. */
export async function unsafeNextUnlooked(tx: OrgTx, orgId: string, since: Day): Promise<Unlooked | null> {
  const [next] = await tx.$queryRaw<Unlooked[]>`
    SELECT d.territory_id AS "territoryId", array_agg(d.id) AS "fieldIds" FROM field_definition d
     WHERE d.org_id = ${orgId}::uuid AND d.entity = 'report' AND d.retired_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM field_steadiness s
                        WHERE s.org_id = ${orgId}::uuid AND s.field_id = d.id AND s.checked_on >= ${since}::date)
     GROUP BY d.territory_id ORDER BY d.territory_id LIMIT 1`
  return next ?? null
}

/**
 * For the job alone: compares the latest reports of some people of a branch, since a month (its first day), with the one
 * before on the same account. Which people is drawn by the month, so that a year sees all. Pairs are kept without them.
 * "I do not know" before tells nothing of what came after.
 */
export async function unsafeLookAtSteadiness(
  tx: OrgTx,
  orgId: string,
  { territoryId, fieldIds, since, day }: Unlooked & { readonly since: Day; readonly day: Day },
): Promise<void> {
  await tx.$executeRaw`
    WITH author AS MATERIALIZED (
      SELECT membership_id FROM rollup_person
       WHERE org_id = ${orgId}::uuid AND basis = 'then' AND territory_id = ${territoryId}::uuid AND month >= ${since}::date AND n > 0
       GROUP BY 1 ORDER BY md5(membership_id::text || ${since}) LIMIT ${PEOPLE}),
    latest AS MATERIALIZED (
      SELECT r.* FROM author CROSS JOIN LATERAL (
        SELECT account_id, day, "values" FROM report
         WHERE org_id = ${orgId}::uuid AND author_id = author.membership_id AND day >= ${since}::date AND status <> 'withdrawn'
         ORDER BY day DESC LIMIT ${REPORTS_EACH}) r),
    pair AS MATERIALIZED (
      SELECT l.day - before.day AS gap, l."values" AS said, before."values" AS known FROM latest l CROSS JOIN LATERAL (
        SELECT day, "values" FROM report
         WHERE org_id = ${orgId}::uuid AND account_id = l.account_id AND day < l.day AND status <> 'withdrawn'
         ORDER BY day DESC LIMIT 1) before),
    found AS (
      SELECT f.id, count(*)::int AS pairs, count(*) FILTER (WHERE said -> f.id::text -> 'x' = known -> f.id::text -> 'x')::int AS same,
             avg(gap)::float8 AS gap_days
        FROM unnest(${[...fieldIds]}::uuid[]) AS f (id)
        JOIN pair ON said ? f.id::text AND known -> f.id::text ->> 'x' IS NOT NULL GROUP BY 1)
    INSERT INTO field_steadiness (org_id, field_id, checked_on, pairs, same, gap_days)
    SELECT ${orgId}::uuid, f.id, ${day}::date, coalesce(pairs, 0), coalesce(same, 0), coalesce(gap_days, 0)
      FROM unnest(${[...fieldIds]}::uuid[]) AS f (id) LEFT JOIN found USING (id) ORDER BY f.id
    ON CONFLICT (org_id, field_id) DO UPDATE SET checked_on = excluded.checked_on, pairs = excluded.pairs,
      same = excluded.same, gap_days = excluded.gap_days`
}
