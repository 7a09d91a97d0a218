import type { Month } from '@fieldback/domain/analytics/period'
import type { RetentionRule } from '@fieldback/domain/retention/retention'
import type { OrgSql } from '../org-sql.ts'
import type { ScopedDb } from '../scoped-db.ts'

export type KeptRetention = RetentionRule & {
  /** Of the organisation: which day it is there. */
  readonly timeZone: string
  /** Reports before it are no longer kept; null: all are. */
  readonly keptFrom: Month | null
}

type Reader = Pick<OrgSql, '$queryRaw'>

/** The rule of an organisation as it was written: what was announced may have begun since. */
export async function readRetention(tx: Reader, orgId: string): Promise<KeptRetention> {
  const rows = await tx.$queryRaw<KeptRetention[]>`
    SELECT o.time_zone AS "timeZone", k.years, CASE WHEN k.next_years IS NOT NULL THEN json_build_object('years', k.next_years,
             'startsAt', to_char(k.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS next,
           to_char(k.edge, 'YYYY-MM') AS "keptFrom"
      FROM organisation o LEFT JOIN retention k ON k.org_id = o.id WHERE o.id = ${orgId}::uuid`
  const [row] = rows
  if (!row) throw new Error('organisation without a row')
  return row
}

/** The first month whose reports are kept; null: all are. Months before it are counted for good (ADR 059). */
export async function readKeptFrom(tx: Reader, orgId: string): Promise<Month | null> {
  const rows = await tx.$queryRaw<{ month: Month | null }[]>`
    SELECT to_char(edge, 'YYYY-MM') AS month FROM retention WHERE org_id = ${orgId}::uuid`
  return rows[0]?.month ?? null
}

/** Writes the rule; who calls it holds the organisation's row. */
export async function writeRule({ tx, scope }: ScopedDb, { years, next }: RetentionRule): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO retention (org_id, years, next_years, starts_at)
    VALUES (${scope.orgId}::uuid, ${years}::smallint, ${next?.years ?? null}::smallint, ${next?.startsAt ?? null}::timestamptz)
    ON CONFLICT (org_id) DO UPDATE SET years = excluded.years, next_years = excluded.next_years, starts_at = excluded.starts_at`
}

export type MonthOfReports = { readonly month: Month; readonly n: number }

/** Reports that stand in each month from one on (null: the first) up to before another, as they were counted. */
export async function countedBefore(
  { tx, scope }: ScopedDb,
  { from, before }: { readonly from: Month | null; readonly before: Month },
): Promise<MonthOfReports[]> {
  const since = from === null ? '0001-01-01' : `${from}-01`
  return tx.$queryRaw<MonthOfReports[]>`
    SELECT to_char(d.day, 'YYYY-MM') AS month, sum(d.n)::int AS n
      FROM territory t JOIN rollup_day d ON d.org_id = ${scope.orgId}::uuid AND d.basis = 'today' AND d.territory_id = t.id
       AND d.day >= ${since}::date AND d.day < ${`${before}-01`}::date
     WHERE t.org_id = ${scope.orgId}::uuid AND t.parent_id IS NULL
     GROUP BY 1 HAVING sum(d.n) > 0 ORDER BY 1`
}
