import { countPeople, countReports, countReportsByStep } from '@fieldback/db/analytics/analytics.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { groupBy } from '@fieldback/domain/analytics/group-by'
import { type DayRange, daysBefore, daysOf, type Grain, stepsOf } from '@fieldback/domain/analytics/period'
import type { Outcome, ReportKind } from '@fieldback/domain/report/report'
import type { View } from './input.ts'

/** Reports, and what they were. */
export type Activity = Readonly<Record<'reports' | ReportKind | Outcome, number>>

export type Overview = {
  readonly grain: Grain
  /** `at`: the first day of the step. Every step of the period that has begun is there, zero included. */
  readonly series: readonly (Activity & { readonly at: string })[]
  readonly total: Activity
  readonly before: Activity
  /** People who filed the period's reports. */
  readonly people: number
  readonly days: DayRange
  readonly daysBefore: DayRange
}

const NOTHING: Activity = { reports: 0, visit: 0, call: 0, order: 0, quote: 0, revisit: 0, none: 0 }

type Count = { readonly kind: ReportKind; readonly outcome: Outcome; readonly n: number }

export function activityOf(counts: readonly Count[]): Activity {
  const sums = { ...NOTHING }
  for (const { kind, outcome, n } of counts) {
    sums.reports += n
    sums[kind] += n
    sums[outcome] += n
  }
  return sums
}

/** Reports of a territory over time, with totals of the period and of the one before. A total of one's own branch: never hidden. */
export async function overview(
  sdb: ScopedSql,
  { territoryId, basis, period, grain }: View & { grain: Grain },
): Promise<Overview> {
  const today = sdb.scope.day
  const days = daysOf(period, today)
  const past = daysBefore(period, today)
  const [, counts, before, peopleAt] = await Promise.all([
    requireTerritory(sdb, 'analytics.read', territoryId),
    countReportsByStep(sdb, { basis, days, territoryId, grain }),
    countReports(sdb, { basis, days: past, territoryIds: [territoryId] }),
    countPeople(sdb, { basis, period, territoryIds: [territoryId] }),
  ])
  const byStep = groupBy(counts, ({ at }) => at)
  return {
    grain,
    series: stepsOf(days, grain).map((at) => ({ at, ...activityOf(byStep.get(at) ?? []) })),
    total: activityOf(counts),
    before: activityOf(before),
    people: peopleAt(territoryId).people,
    days,
    daysBefore: past,
  }
}
