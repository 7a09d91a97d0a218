import { GROUP_MIN } from '../analytics/group-size.ts'
import type { Month } from '../analytics/period.ts'

/** A report should cost this much less than it did a year before. */
export const EFFORT_GOAL = 0.1
/** Months that are set against each other. */
const COMPARED = 3
/** Fewer reports in three months say nothing of what one costs. */
const REPORTS_MIN = 30

/** What one month's reports took; `people`: who filed them. */
export type EffortMonth = {
  readonly month: Month
  readonly seconds: number
  readonly reports: number
  readonly people: number
}

export type Effort = {
  /** Seconds a report; null in a month that too few people reported in. */
  readonly months: readonly { readonly month: Month; readonly each: number | null }[]
  /** Over the first and the last three months; null where too little is known. */
  readonly before: number | null
  readonly now: number | null
  /** What is aimed at. */
  readonly goal: number | null
  /** Of what it was: -0.1 is a tenth less. */
  readonly change: number | null
}

/** What a report costs whoever types it, before and after. `months`: whole ones, in order, those without a report too. */
export function effortOf(months: readonly EffortMonth[]): Effort {
  const before = months.length >= 2 * COMPARED ? over(months.slice(0, COMPARED)) : null
  const now = over(months.slice(-COMPARED))
  return {
    months: months.map(({ month, seconds, reports, people }) => ({
      month,
      each: people < GROUP_MIN || reports === 0 ? null : seconds / reports,
    })),
    before,
    now,
    goal: before === null ? null : before * (1 - EFFORT_GOAL),
    change: before === null || now === null || before === 0 ? null : now / before - 1,
  }
}

/** Seconds a report; a month of few people is left out, so that no mean is one person's. */
function over(months: readonly EffortMonth[]): number | null {
  const shown = months.filter(({ people }) => people >= GROUP_MIN)
  const reports = shown.reduce((sum, month) => sum + month.reports, 0)
  return reports < REPORTS_MIN ? null : shown.reduce((sum, month) => sum + month.seconds, 0) / reports
}
