import { firstDay, type Month, type Period } from '@fieldback/domain/analytics/period'
import type { Insight } from '@fieldback/domain/insight/insight'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

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
