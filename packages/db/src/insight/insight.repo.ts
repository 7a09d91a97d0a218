import { firstDay, type Month, type Period } from '@fieldback/domain/analytics/period'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { CHECKED_SHARE } from '@fieldback/domain/insight/check-claim'
import type { Insight } from '@fieldback/domain/insight/insight'
import type { Moved } from '@fieldback/domain/insight/moved'
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
    SELECT a.id, a.name, a.city, to_char(a.last_visit_day, 'YYYY-MM-DD') AS "lastVisitDay", a.kind = 'client' AS client
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

/** The last month that something shown was counted from; null when nothing is shown. */
export async function findJudgedMonth(tx: OrgSql, orgId: string): Promise<Month | null> {
  const [row] = await tx.$queryRaw<{ last: Month | null }[]>`
    SELECT max(said -> 'period' ->> 'to') AS last FROM insight WHERE org_id = ${orgId}::uuid`
  return row?.last ?? null
}

/** What was counted anew is a good part of what was counted: worth looking again. */
const DUE = Prisma.sql`i.changes > 0
  AND i.changes >= ${CHECKED_SHARE}::float8 * ((i.said #>> '{here,n}')::float8 + (i.said #>> '{there,n}')::float8)`

/**
 * Marks what is shown and was counted from something that has moved, and asks for a check once it is a good part of it. What
 * needs every visit again waits for the next run.
 */
export async function markChanged(tx: OrgSql, orgId: string, moved: readonly Moved[]): Promise<void> {
  // Locked in the order of keys, so that two folds never wait for each other in a ring.
  await tx.$executeRaw`
    WITH moved AS (
      SELECT i.key, sum(m.n)::int AS n
        FROM insight i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
        LEFT JOIN concept_link l ON l.org_id = i.org_id AND l.concept_id = i.field_id
        JOIN unnest(${moved.map(({ kind }) => kind)}::text[], ${moved.map(({ fieldId }) => fieldId)}::uuid[],
               ${moved.map(({ territoryId }) => territoryId)}::uuid[], ${moved.map(({ n }) => n)}::int[]) AS m (kind, field_id, territory_id, n)
          ON m.kind = i.said -> 'factor' ->> 'kind' AND m.field_id IS NOT DISTINCT FROM coalesce(l.field_id, i.field_id)
         AND m.territory_id = CASE i.said ->> 'kind' WHEN 'sister' THEN t.parent_id ELSE t.id END
       WHERE i.org_id = ${orgId}::uuid AND i.said ->> 'kind' <> 'cold'
       GROUP BY i.key),
    held AS MATERIALIZED (
      SELECT i.key FROM insight i WHERE i.org_id = ${orgId}::uuid AND i.key IN (SELECT key FROM moved) ORDER BY i.key FOR UPDATE),
    marked AS (
      UPDATE insight i SET changes = i.changes + moved.n FROM moved JOIN held ON held.key = moved.key
       WHERE i.org_id = ${orgId}::uuid AND i.key = moved.key
      RETURNING i.changes, i.said)
    SELECT enqueue_job('check_insights', json_build_object('orgId', ${orgId}::text), 'check_insights:' || ${orgId}::text)
     WHERE EXISTS (SELECT 1 FROM marked i WHERE ${DUE})`
}

/** One that is shown, of whose counts a good part has changed; `branch`: where it is counted. */
export type DueInsight = { readonly insight: Insight; readonly changes: number; readonly branch: Path }

export async function findDue(tx: OrgSql, orgId: string): Promise<DueInsight[]> {
  return tx.$queryRaw<DueInsight[]>`
    SELECT i.said AS insight, i.changes, b.path AS branch
      FROM insight i JOIN territory t ON t.org_id = i.org_id AND t.id = i.territory_id
      JOIN territory b ON b.org_id = i.org_id AND b.id = CASE i.said ->> 'kind' WHEN 'sister' THEN t.parent_id ELSE t.id END
     WHERE i.org_id = ${orgId}::uuid AND i.said ->> 'kind' <> 'cold' AND ${DUE}
     ORDER BY i.key`
}

/** What still holds takes the place of what was shown; null: it goes. What a run has replaced meanwhile stays. */
export async function keepChecked(
  tx: OrgSql,
  orgId: string,
  { of, kept, at }: { readonly of: DueInsight; readonly kept: Kept | null; readonly at: Date },
): Promise<void> {
  const { key, period } = of.insight
  const same = Prisma.sql`org_id = ${orgId}::uuid AND key = ${key} AND said -> 'period' = ${JSON.stringify(period)}::jsonb`
  if (kept === null) await tx.$executeRaw`DELETE FROM insight WHERE ${same}`
  else
    await tx.$executeRaw`
      UPDATE insight SET said = ${JSON.stringify(kept.insight)}::jsonb, people = ${kept.people}, usefulness = ${kept.insight.usefulness}::float8,
             checked_at = ${at.toISOString()}::timestamptz, changes = changes - ${of.changes}::int
       WHERE ${same}`
}
