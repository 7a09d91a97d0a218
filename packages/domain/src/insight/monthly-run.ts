import { addDays } from '../agenda/day.ts'
import { addMonths, lastMonths, monthOfDay, type Period } from '../analytics/period.ts'

/** Days after a month's end until phones that had no network have mostly come back. */
const GRACE_DAYS = 3
const MONTHS = 12

/** What a run judges at an instant: a year of whole months, the last of which is over everywhere, and for some days. */
export function judgedPeriod(now: Date): Period {
  const settled = addDays(now.toISOString().slice(0, 10), -GRACE_DAYS)
  return lastMonths(addMonths(monthOfDay(settled), -1), MONTHS)
}
