import { addDays } from '@fieldback/domain/agenda/day'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

export const WEEKS = 12

/** Reports of a branch, accounts counted at their present home: `weeks` from the oldest to the current seven days. */
export type Activity = { readonly weeks: readonly number[]; readonly last30Days: number }

const QUIET: Activity = { weeks: Array.from({ length: WEEKS }, () => 0), last30Days: 0 }

/** Reports of the last twelve weeks of several branches, from the roll-ups: one query whatever their number. */
export async function weeklyReports(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
): Promise<Map<string, Activity>> {
  const today = scope.day
  const rows = await tx.$queryRaw<{ territory_id: string; week: number; n: number; recent: number }[]>`
    SELECT territory_id, ((${today}::date - day) / 7)::int AS week, sum(n)::int AS n,
           coalesce(sum(n) FILTER (WHERE day > ${addDays(today, -30)}::date), 0)::int AS recent
      FROM rollup_day
     WHERE org_id = ${scope.orgId}::uuid AND basis = 'today' AND territory_id = ANY (${[...territoryIds]}::uuid[])
       AND day > ${addDays(today, -7 * WEEKS)}::date AND day <= ${today}::date
     GROUP BY territory_id, week`
  const weeks = new Map(territoryIds.map((id) => [id, [...QUIET.weeks]]))
  const recent = new Map<string, number>()
  for (const row of rows) {
    const line = weeks.get(row.territory_id)
    if (line) line[WEEKS - 1 - row.week] = row.n
    recent.set(row.territory_id, (recent.get(row.territory_id) ?? 0) + row.recent)
  }
  return new Map([...weeks].map(([id, line]) => [id, { weeks: line, last30Days: recent.get(id) ?? 0 }]))
}

/** Half of the reports took less; `authors` says how many people are behind it, for the caller to hide small groups. */
export type MedianDuration = {
  readonly seconds: number
  readonly reports: number
  readonly authors: number
}

/** Enough for a median to stand still; older days are then left unread. */
const ENOUGH_REPORTS = 2_000

/**
 * Median seconds of a report filed in a branch over the last 30 days, or over the most recent days that hold 2,000;
 * null without any. Counted where each report was filed. Reports without a duration say nothing.
 */
export async function medianDuration(
  sdb: ScopedDb,
  territory: { readonly id: string; readonly path: Path },
): Promise<MedianDuration | null> {
  const { tx, scope } = sdb
  const days = await tx.$queryRaw<{ day: string; n: number }[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, sum(n)::int AS n FROM rollup_day
     WHERE org_id = ${scope.orgId}::uuid AND basis = 'then' AND territory_id = ${territory.id}::uuid
       AND day > ${addDays(scope.day, -30)}::date AND day <= ${scope.day}::date
     GROUP BY day ORDER BY day DESC`
  const since = firstDayNeeded(days)
  if (since === null) return null
  const rows = await tx.$queryRaw<{ seconds: number | null; reports: number; authors: number }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY r.duration_seconds) AS seconds, count(*)::int AS reports,
           count(DISTINCT r.author_id)::int AS authors
      FROM territory t
      JOIN report r ON r.org_id = ${scope.orgId}::uuid AND r.territory_id = t.id AND r.day >= ${since}::date
       AND r.day <= ${scope.day}::date AND r.status <> 'withdrawn' AND r.duration_seconds > 0
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(territory.path, Prisma.sql`t.path`)}`
  const row = rows[0]
  if (!row || row.seconds === null) return null
  return { seconds: Math.round(row.seconds), reports: row.reports, authors: row.authors }
}

/** Walks back from the last day until enough reports are held. */
function firstDayNeeded(days: readonly { readonly day: string; readonly n: number }[]): string | null {
  let held = 0
  for (const { day, n } of days) {
    held += n
    if (held >= ENOUGH_REPORTS) return day
  }
  return days.at(-1)?.day ?? null
}
