import * as z from 'zod'
import type { Day } from '../agenda/day.ts'
import { addMonths, type Month, monthOfDay } from '../analytics/period.ts'

/** For how long reports may be kept; null everywhere: for ever. */
export const RETENTION_YEARS = [3, 4, 5, 6, 7, 8, 9, 10] as const
export const retentionYears = z.literal(RETENTION_YEARS)
export type RetentionYears = z.infer<typeof retentionYears>

/** What erases more waits so long: until then it can be called off. */
export const NOTICE_DAYS = 7

export type RetentionRule = {
  /** In force. */
  readonly years: RetentionYears | null
  /** A shorter one that takes its place at an instant (ISO 8601). */
  readonly next: { readonly years: RetentionYears; readonly startsAt: string } | null
}

export const KEPT_FOR_EVER: RetentionRule = { years: null, next: null }

/** The rule once what was announced has begun. */
export const ruleAt = (rule: RetentionRule, now: Date): RetentionRule =>
  rule.next !== null && Date.parse(rule.next.startsAt) <= now.getTime()
    ? { years: rule.next.years, next: null }
    : rule

/** The rule when somebody asks for another: at once where it erases no more than before, announced where it does. */
export function askedRule(rule: RetentionRule, years: RetentionYears | null, now: Date): RetentionRule {
  const standing = ruleAt(rule, now)
  if (years === null || (standing.years !== null && years >= standing.years)) return { years, next: null }
  if (standing.next?.years === years) return standing
  const startsAt = new Date(now.getTime() + NOTICE_DAYS * 86_400_000).toISOString()
  return { ...standing, next: { years, startsAt } }
}

/** The first month that is still kept on a day: every report is kept for that many years at least, and erased by whole months. */
export const firstKept = (day: Day, years: RetentionYears): Month => addMonths(monthOfDay(day), -12 * years)
