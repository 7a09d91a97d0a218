import { firstDay, type Month, type Period } from '@fieldback/domain/analytics/period'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Factor } from '@fieldback/domain/insight/factor-counts'
import type { Insight } from '@fieldback/domain/insight/insight'
import type { NamedAccount } from '@fieldback/domain/insight/told'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Db } from '../client.ts'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { insightOpinionWrite } from '../giveback/opinion.repo.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from '../sync/row-sql.ts'

export type RunState = {
  /** The run that was made last. */
  readonly last: { readonly month: Month; readonly number: number } | null
  /** Keys of what is shown. */
  readonly shown: readonly string[]
}

export async function findRunState(tx: OrgSql, orgId: string): Promise<RunState> {
  const [row] = await tx.$queryRaw<RunState[]>`
    SELECT (SELECT json_build_object('month', to_char(r.month, 'YYYY-MM'), 'number', r.number) FROM insight_run r
             WHERE r.org_id = ${orgId}::uuid ORDER BY r.month DESC LIMIT 1) AS last,
           (SELECT coalesce(json_agg(i.key), '[]') FROM insight i WHERE i.org_id = ${orgId}::uuid) AS shown`
  return row ?? { last: null, shown: [] }
}

/** An insight as it is kept. */
export type Kept = { readonly insight: Insight; readonly people: number }

export type Run = {
  readonly period: Period
  readonly number: number
  readonly at: Date
  readonly kept: readonly Kept[]
}

/**
 * Writes a run and, instead of what was shown, what is from now on; false, and nothing written, when this month or this number
 * was run already: whoever comes second waits here for the first.
 */
export async function keepRun(
  tx: OrgSql,
  orgId: string,
  { period, number, at, kept }: Run,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO insight_run (org_id, month, number, period_from, done_at)
    VALUES (${orgId}::uuid, ${firstDay(period.to)}::date, ${number}::int, ${firstDay(period.from)}::date, ${at.toISOString()}::timestamptz)
    ON CONFLICT DO NOTHING`
  if (written === 0) return false
  await tx.$executeRaw`
    DELETE FROM insight WHERE org_id = ${orgId}::uuid AND NOT key = ANY (${kept.map(({ insight }) => insight.key)}::text[])`
  await tx.$executeRaw`
    INSERT INTO insight (org_id, key, territory_id, field_id, people, usefulness, said, run, checked_at)
    SELECT ${orgId}::uuid, k.key, (k.said ->> 'territoryId')::uuid, (k.said -> 'factor' ->> 'fieldId')::uuid, k.people,
           (k.said ->> 'usefulness')::float8, k.said, ${number}::int, ${at.toISOString()}::timestamptz
      FROM ${rowsOf(kept)}
    ON CONFLICT (org_id, key) DO UPDATE SET people = excluded.people, usefulness = excluded.usefulness, said = excluded.said,
      checked_at = excluded.checked_at, changes = 0`
  return true
}

const rowsOf = (kept: readonly Kept[]) =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(kept.map(({ insight, people }) => ({ key: insight.key, people, said: insight })))}::jsonb)
    AS k (key text, people int, said jsonb)`

/** Asks for the run of a month in every organisation where it was not made; answers how many. For the worker's role only. */
export async function enqueueDueInsights(db: Db, month: Month): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('find_insights', json_build_object('orgId', org_id), 'find_insights:' || org_id)
      FROM due_insights(${firstDay(month)}::date) AS org_id`
}

/** An insight with what is needed to tell it. */
export type ShownRow = {
  readonly insight: Insight
  readonly people: number
  /** Instant. */
  readonly checkedAt: string
  readonly place: TerritoryRow
  readonly useful: boolean | null
}

/** More than anybody reads, of a large organisation's branch. */
const SHOWN_MOST = 200

/** What is shown at a territory, on the path to it and below it, most useful first; the caller looks at rights. */
export async function findShown({ tx, scope }: ScopedSql, branch: Path): Promise<ShownRow[]> {
  return tx.$queryRaw<ShownRow[]>`
    SELECT i.said AS insight, i.people, ${isoInstant('i.checked_at')} AS "checkedAt", ${TERRITORY_JSON} AS place, o.useful
      FROM insight i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
      LEFT JOIN insight_opinion o ON o.org_id = i.org_id AND o.key = i.key AND o.membership_id = ${scope.membershipId}::uuid
     WHERE i.org_id = ${scope.orgId}::uuid AND (t.id = ANY (${pathIds(branch)}::uuid[]) OR ${withinBranch(branch, Prisma.sql`t.path`)})
     ORDER BY i.usefulness DESC, i.key LIMIT ${SHOWN_MOST}`
}

/** The place of one that is shown. */
export async function findShownPlace(
  { tx, scope }: ScopedSql,
  key: string,
): Promise<Pick<ShownRow, 'insight' | 'people' | 'place'> | null> {
  const [row] = await tx.$queryRaw<Pick<ShownRow, 'insight' | 'people' | 'place'>[]>`
    SELECT i.said AS insight, i.people, ${TERRITORY_JSON} AS place
      FROM insight i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
     WHERE i.org_id = ${scope.orgId}::uuid AND i.key = ${key}`
  return row ?? null
}

/** The questions that insights are about, retired ones too, at their current version. */
export async function findQuestions(
  { tx, scope }: ScopedSql,
  ids: readonly string[],
): Promise<FieldDefinition[]> {
  const rows = await tx.$queryRaw<{ row: FieldDefinition }[]>`
    SELECT ${DEFINITION_JSON} AS row
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ANY (${[...ids]}::uuid[])`
  return rows.map(({ row }) => row)
}

/** Accounts by id that the reader may read. */
export async function findNamed(sdb: ScopedSql, ids: readonly string[]): Promise<NamedAccount[]> {
  const { tx, scope } = sdb
  return tx.$queryRaw<NamedAccount[]>`
    SELECT a.id, a.name, a.city, to_char(a.last_visit_day, 'YYYY-MM-DD') AS "lastVisitDay"
      FROM account a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.id = ANY (${[...ids]}::uuid[]) AND a.deleted_at IS NULL
       AND ${withinBranches(sdb, 'account.read', Prisma.sql`t.path`)}`
}

/** The last run; null before the first. */
export async function findLastRun({ tx, scope }: ScopedSql): Promise<{ readonly period: Period } | null> {
  const [row] = await tx.$queryRaw<Period[]>`
    SELECT to_char(period_from, 'YYYY-MM') AS "from", to_char(month, 'YYYY-MM') AS "to" FROM insight_run
     WHERE org_id = ${scope.orgId}::uuid ORDER BY month DESC LIMIT 1`
  return row ? { period: row } : null
}

/** What a person thinks of an insight; null takes it back. */
export async function keepOpinion(
  { tx, scope }: ScopedSql,
  { key, useful, at }: { readonly key: string; readonly useful: boolean | null; readonly at: Date },
): Promise<void> {
  const branches = scope.grants.map(({ path }) => path)
  await tx.$executeRaw`${insightOpinionWrite(scope, branches, [{ key, useful, at: at.toISOString() }])}`
}

/** What a fold has counted anew: reports, with the earliest month among them, and answers of reports and of accounts. */
export type Recounted = { readonly since: Month | null; readonly fieldIds: readonly string[] }

/**
 * Marks what is shown and was counted from something that has changed since, and asks for it to be checked. Reports of a
 * month under way touch nothing: only whole months are judged. What needs every visit again waits for the next run.
 */
export async function markChanged(tx: OrgSql, orgId: string, { since, fieldIds }: Recounted): Promise<void> {
  await tx.$executeRaw`
    WITH marked AS (
      UPDATE insight SET changes = changes + 1
       WHERE org_id = ${orgId}::uuid
         AND CASE said -> 'factor' ->> 'kind'
               WHEN 'profile' THEN field_id = ANY (${[...fieldIds]}::uuid[])
               WHEN 'answer' THEN field_id = ANY (${[...fieldIds]}::uuid[]) AND said -> 'period' ->> 'to' >= ${since}::text
               WHEN 'reports' THEN said ->> 'kind' <> 'cold' AND said -> 'period' ->> 'to' >= ${since}::text
             END
      RETURNING 1)
    SELECT enqueue_job('check_insights', json_build_object('orgId', ${orgId}::text), 'check_insights:' || ${orgId}::text)
     WHERE EXISTS (SELECT 1 FROM marked)`
}

/** What is shown of one factor, of which something has changed. */
export type ChangedFactor = {
  readonly factor: Factor
  readonly period: Period
  readonly shown: readonly { readonly key: string; readonly changes: number }[]
}

export async function findChanged(tx: OrgSql, orgId: string): Promise<ChangedFactor[]> {
  return tx.$queryRaw<ChangedFactor[]>`
    SELECT said -> 'factor' AS factor, said -> 'period' AS period, json_agg(json_build_object('key', key, 'changes', changes)) AS shown
      FROM insight WHERE org_id = ${orgId}::uuid AND said ->> 'kind' <> 'cold'
     GROUP BY 1, 2 HAVING sum(changes) > 0`
}

/** What of a factor still holds takes the place of what was shown; the rest goes. What a run has replaced meanwhile stays. */
export async function keepChecked(
  tx: OrgSql,
  orgId: string,
  {
    period,
    shown,
    kept,
    at,
  }: Pick<ChangedFactor, 'period' | 'shown'> & { readonly kept: readonly Kept[]; readonly at: Date },
): Promise<void> {
  const of = Prisma.sql`i.org_id = ${orgId}::uuid AND i.said -> 'period' = ${JSON.stringify(period)}::jsonb`
  const holding = new Set(kept.map(({ insight }) => insight.key))
  const gone = shown.flatMap(({ key }) => (holding.has(key) ? [] : [key]))
  await tx.$executeRaw`DELETE FROM insight i WHERE ${of} AND i.key = ANY (${gone}::text[])`
  await tx.$executeRaw`
    UPDATE insight i SET said = k.said, people = k.people, usefulness = (k.said ->> 'usefulness')::float8,
           checked_at = ${at.toISOString()}::timestamptz, changes = i.changes - s.changes
      FROM ${rowsOf(kept)} JOIN jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) AS s (key text, changes int) ON s.key = k.key
     WHERE ${of} AND i.key = k.key`
}
