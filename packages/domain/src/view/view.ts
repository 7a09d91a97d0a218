import * as z from 'zod'
import { addDays, type Day } from '../agenda/day.ts'
import { stepOf } from '../analytics/period.ts'
import { lineOf } from '../org/founding.ts'

export const VIEW_NAME_MAX = 80
/** Views that one person keeps. */
export const VIEWS_MAX = 60
/** Views that a list tells, one's own first. */
export const VIEWS_LISTED = 150
/** Tiles of a home board, and views of a weekly mail. */
export const PINS_MAX = 12

export const viewName = lineOf(VIEW_NAME_MAX)

/** The query of the explorer's address, without "?". Read as any address is: what does not fit falls back. */
export const viewQuery = z
  .string()
  .max(2_000)
  .regex(/^[\w\-.~%!$'()*+,;=&:@/?]*$/)

/** From this hour on Monday, in the organisation's time, the mail of the week leaves. */
export const MAIL_HOUR = 7

/**
 * The Monday whose mail is due at a local day and hour, or null. Monday from seven, and Tuesday for a machine that was off:
 * later in the week, figures "of Monday" would only surprise.
 */
export function dueWeek(day: Day, hour: number): Day | null {
  const monday = stepOf(day, 'week')
  if (day === monday) return hour >= MAIL_HOUR ? monday : null
  return day === addDays(monday, 1) ? monday : null
}
