import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import type { DayRange } from '@fieldback/domain/analytics/period'
import type { Path } from '@fieldback/domain/territory/path'
import type { EffortMonth } from '@fieldback/domain/waste/effort'
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
          SELECT bucket, n FROM rollup_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = f.id AND basis = 'today' AND territory_id = f.at AND month >= ${since}::date
          UNION ALL
          SELECT bucket, n FROM stock_cell
           WHERE org_id = ${scope.orgId}::uuid AND field_id = f.id AND territory_id = f.at) AS cells
         GROUP BY bucket HAVING sum(n) > 0) AS c
     GROUP BY f.id`
  return new Map(rows.map(({ fieldId, ...tally }) => [fieldId, tally]))
}

/** What stands beside the answers of a question. */
export type FieldStanding = {
  /** YYYY-MM-DD, UTC: of its first version. */
  readonly since: string
  /** Open contests. */
  readonly contests: number
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
             WHERE c.org_id = ${scope.orgId}::uuid AND c.field_id = f.id AND c.withdrawn_at IS NULL AND c.answer_id IS NULL)::int AS contests
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
  return tx.$queryRaw<EffortMonth[]>`
    WITH question AS MATERIALIZED (
      SELECT d.id FROM territory t JOIN field_definition d ON d.org_id = ${org} AND d.territory_id = t.id AND d.entity = 'report'
       WHERE t.org_id = ${org} AND ${withinBranch(branch.path, Prisma.sql`t.path`)}),
    spent AS MATERIALIZED (
      SELECT l.month, sum(l.seconds)::int AS seconds, count(DISTINCT l.membership_id) FILTER (WHERE l.answers > 0)::int AS people
        FROM question JOIN ledger_cell l ON l.org_id = ${org} AND l.field_id = question.id
         AND l.month >= ${days.from}::date AND l.month <= ${days.to}::date
       GROUP BY l.month),
    filed AS MATERIALIZED (
      SELECT date_trunc('month', day)::date AS month, sum(n)::int AS reports FROM rollup_day
       WHERE org_id = ${org} AND basis = 'today' AND territory_id = ${branch.id}::uuid AND day >= ${days.from}::date AND day <= ${days.to}::date
       GROUP BY 1)
    SELECT to_char(filed.month, 'YYYY-MM') AS month, filed.reports, coalesce(spent.seconds, 0) AS seconds, coalesce(spent.people, 0) AS people
      FROM filed LEFT JOIN spent ON spent.month = filed.month ORDER BY filed.month`
}
