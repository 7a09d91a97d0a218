import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import { type DayRange, firstDay, monthOfDay, monthsOf } from '@fieldback/domain/analytics/period'
import { erasOf } from '@fieldback/domain/analytics/presence'
import type { TookKnown } from '@fieldback/domain/field/entry-seconds'
import type { Path } from '@fieldback/domain/territory/path'
import type { EffortMonth } from '@fieldback/domain/waste/effort'
import type { Steadiness } from '@fieldback/domain/waste/steadiness'
import type { UserGroup } from '@fieldback/domain/waste/users'
import { thereInEach } from '../analytics/ask.repo.ts'
import { EVERY } from '../analytics/outcome-columns.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

/** Where a question is counted: at its owner, which holds all who are asked it. */
export type Counted = { readonly fieldId: string; readonly territoryId: string }

/** What roll-ups say of a question: flows of reports since a month, or what accounts and contacts hold now. */
export type AnswerTally = {
  /** 0 for accounts and contacts. */
  readonly asked: number
  readonly answered: number
  readonly unknown: number
  /** How often each answer that says something was given. */
  readonly counts: readonly number[]
}

export const NO_ANSWERS: AnswerTally = { asked: 0, answered: 0, unknown: 0, counts: [] }

/** Answers to some questions, each at its owner; `since`: the first day of a month. */
export async function tallyAnswers(
  { tx, scope }: ScopedDb,
  fields: readonly Counted[],
  since: string,
): Promise<Map<string, AnswerTally>> {
  if (fields.length === 0) return new Map()
  // One range of each key at a time: joined as sets, a generic plan would read the cells of whole territories.
  const rows = await tx.$queryRaw<({ fieldId: string } & AnswerTally)[]>`
    SELECT f.id AS "fieldId", coalesce(sum(c.n) FILTER (WHERE c.bucket = ${ASKED}), 0)::int AS asked,
           coalesce(sum(c.n) FILTER (WHERE c.bucket = ${ANSWERED}), 0)::int AS answered,
           coalesce(sum(c.n) FILTER (WHERE c.bucket = ${UNKNOWN}), 0)::int AS unknown,
           coalesce(json_agg(c.n) FILTER (WHERE left(c.bucket, 1) <> '_' AND c.bucket <> ${UNKNOWN}), '[]') AS counts
      FROM unnest(${fields.map(({ fieldId }) => fieldId)}::uuid[], ${fields.map(({ territoryId }) => territoryId)}::uuid[]) AS f (id, at)
      CROSS JOIN LATERAL (
        SELECT bucket, sum(n)::int AS n FROM (
          SELECT bucket, ${EVERY} AS n FROM rollup_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = f.id AND basis = 'today' AND territory_id = f.at AND month >= ${since}::date
          UNION ALL
          SELECT bucket, n FROM stock_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = f.id AND territory_id = f.at) AS cells
         GROUP BY bucket HAVING sum(n) > 0) AS c
     GROUP BY f.id`
  return new Map(rows.map(({ fieldId, ...tally }) => [fieldId, tally]))
}

/**
 * How long answers to some questions took, since a month (YYYY-MM-01). Only months whose every answer stands in a bin: in
 * another, the bins may be one person's while five are counted. Questions without such a month are absent.
 */
export async function tookSince(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
  since: string,
): Promise<Map<string, TookKnown>> {
  if (fieldIds.length === 0) return new Map()
  const of = Prisma.sql`org_id = ${scope.orgId}::uuid AND field_id = ANY (${[...fieldIds]}::uuid[])`
  const rows = await tx.$queryRaw<({ fieldId: string } & TookKnown)[]>`
    WITH took AS MATERIALIZED (SELECT field_id, month, bin, n FROM field_seconds WHERE ${of} AND month >= ${since}::date),
    whole AS MATERIALIZED (
      SELECT field_id, month FROM ledger_month JOIN (SELECT field_id, month, sum(n) AS n FROM took GROUP BY 1, 2) t USING (field_id, month)
       WHERE ${of} AND month >= ${since}::date AND answers > 0 AND t.n >= answers),
    kept AS (SELECT field_id, presence_era(month) AS era, bit_or(presence_bit(month)) AS months FROM whole GROUP BY 1, 2),
    people AS (
      SELECT field_id, count(DISTINCT membership_id)::int AS people FROM ledger_presence p JOIN kept k USING (field_id, era)
       WHERE ${of} AND p.months & k.months <> 0 GROUP BY 1),
    bins AS (SELECT field_id, bin, sum(n)::int AS n FROM took JOIN whole USING (field_id, month) GROUP BY 1, 2)
    SELECT field_id AS "fieldId", people.people, json_agg(json_build_object('from', bin, 'n', n)) AS bins
      FROM bins JOIN people USING (field_id) GROUP BY 1, 2`
  return new Map(rows.map(({ fieldId, ...took }) => [fieldId, took]))
}

/** People who were shown returns of some questions since a month (YYYY-MM-01), by the highest role that each holds today. */
export async function receiversOf(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
  since: string,
): Promise<Map<string, UserGroup[]>> {
  if (fieldIds.length === 0) return new Map()
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ fieldId: string; groups: UserGroup[] }[]>`
    WITH shown AS MATERIALIZED (
      SELECT DISTINCT field_id, membership_id FROM ledger_cell
       WHERE org_id = ${org} AND field_id = ANY (${[...fieldIds]}::uuid[]) AND month >= ${since}::date AND received + used > 0),
    person AS MATERIALIZED (
      SELECT DISTINCT ON (a.membership_id) a.membership_id, a.role, t.rank
        FROM assignment a JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
       WHERE a.org_id = ${org} AND a.membership_id = ANY (ARRAY(SELECT DISTINCT membership_id FROM shown))
         AND a.valid_from <= ${scope.day}::date AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date)
       ORDER BY a.membership_id, t.rank, a.role),
    counted AS (
      SELECT field_id, role, rank, count(*)::int AS people FROM shown LEFT JOIN person USING (membership_id) GROUP BY 1, 2, 3)
    SELECT field_id AS "fieldId", json_agg(json_build_object('role', role, 'rank', rank, 'people', people)) AS groups
      FROM counted GROUP BY 1`
  return new Map(rows.map(({ fieldId, groups }) => [fieldId, groups]))
}

/** How many insights are shown of some questions, or of what they are counted under, wherever in the organisation. */
export async function insightsOf(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ fieldId: string; n: number }[]>`
    SELECT d.id AS "fieldId", count(*)::int AS n
      FROM unnest(${[...fieldIds]}::uuid[]) AS d (id) LEFT JOIN concept_link l ON l.org_id = ${scope.orgId}::uuid AND l.field_id = d.id
      JOIN insight i ON i.org_id = ${scope.orgId}::uuid AND i.field_id IN (d.id, l.concept_id) GROUP BY 1`
  return new Map(rows.map(({ fieldId, n }) => [fieldId, n]))
}

/** What stands beside the answers of a question. */
export type FieldStanding = {
  /** YYYY-MM-DD, UTC: of its first version. */
  readonly since: string
  /** Open contests. */
  readonly contests: number
  /** As the last monthly look found; null before it. */
  readonly steadiness: Steadiness | null
}

export async function standingOf(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, FieldStanding>> {
  if (fieldIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<({ fieldId: string } & FieldStanding)[]>`
    SELECT f.id AS "fieldId",
           (SELECT to_char(min(v.published_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') FROM field_version v
             WHERE v.org_id = ${scope.orgId}::uuid AND v.field_id = f.id) AS since,
           (SELECT count(*) FROM contest c
             WHERE c.org_id = ${scope.orgId}::uuid AND c.field_id = f.id AND c.withdrawn_at IS NULL AND c.answer_id IS NULL)::int AS contests,
           (SELECT json_build_object('pairs', s.pairs, 'same', s.same, 'gapDays', s.gap_days) FROM field_steadiness s
             WHERE s.org_id = ${scope.orgId}::uuid AND s.field_id = f.id AND s.pairs > 0) AS steadiness
      FROM unnest(${[...fieldIds]}::uuid[]) AS f (id)`
  return new Map(rows.map(({ fieldId, ...standing }) => [fieldId, standing]))
}

/**
 * Months of a branch: the seconds that the report questions owned in it took, those retired since included, and the
 * reports filed in it. A month without a report is absent.
 */
export async function effortMonths(
  { tx, scope }: ScopedDb,
  branch: { readonly id: string; readonly path: Path },
  days: DayRange,
): Promise<EffortMonth[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const period = { from: monthOfDay(days.from), to: monthOfDay(days.to) }
  const months = monthsOf(period)
  const { first, last } = erasOf([period])
  return tx.$queryRaw<EffortMonth[]>`
    WITH question AS MATERIALIZED (
      SELECT d.id FROM territory t JOIN field_definition d ON d.org_id = ${org} AND d.territory_id = t.id AND d.entity = 'report'
       WHERE t.org_id = ${org} AND ${withinBranch(branch.path, Prisma.sql`t.path`)}),
    spent AS MATERIALIZED (
      SELECT l.month, sum(l.seconds)::int AS seconds FROM question JOIN ledger_month l ON l.org_id = ${org} AND l.field_id = question.id
         AND l.month >= ${days.from}::date AND l.month <= ${days.to}::date
       GROUP BY l.month),
    there AS (
      SELECT p.era, bit_or(p.months) AS months FROM question JOIN ledger_presence p ON p.org_id = ${org} AND p.field_id = question.id
         AND p.era >= ${first}::smallint AND p.era <= ${last}::smallint
       GROUP BY p.membership_id, p.era),
    people AS MATERIALIZED (
      SELECT m.* FROM (SELECT ${thereInEach(months)} AS each FROM there) t, unnest(${months.map(firstDay)}::date[], t.each) AS m (month, people)),
    filed AS MATERIALIZED (
      SELECT date_trunc('month', day)::date AS month, sum(n)::int AS reports FROM rollup_day
       WHERE org_id = ${org} AND basis = 'today' AND territory_id = ${branch.id}::uuid AND day >= ${days.from}::date AND day <= ${days.to}::date
       GROUP BY 1)
    SELECT to_char(filed.month, 'YYYY-MM') AS month, filed.reports, coalesce(spent.seconds, 0) AS seconds, coalesce(people.people, 0) AS people
      FROM filed LEFT JOIN spent USING (month) LEFT JOIN people USING (month) ORDER BY filed.month`
}
