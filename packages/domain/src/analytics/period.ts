import * as z from 'zod'
import { type Day, dayNumber, dayOfNumber } from '../agenda/day.ts'

/** YYYY-MM */
export const month = z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/)
export type Month = z.infer<typeof month>

/** Whole months, both included. */
export type Period = { readonly from: Month; readonly to: Month }

/** The longest period that is read at once. */
export const MONTHS_MAX = 36

const indexOf = (of: Month): number => {
  const [year = 0, at = 1] = of.split('-').map(Number)
  return year * 12 + at - 1
}
const monthOf = (index: number): Month =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`

export const addMonths = (from: Month, count: number): Month => monthOf(indexOf(from) + count)

/** How many months a period holds; 0 or less when it ends before it begins. */
export const monthCount = ({ from, to }: Period): number => indexOf(to) - indexOf(from) + 1

export const monthsOf = (period: Period): Month[] =>
  Array.from({ length: Math.max(0, monthCount(period)) }, (_, at) => addMonths(period.from, at))

/** As many months, ending with this one. */
export const lastMonths = (to: Month, count: number): Period => ({ from: addMonths(to, 1 - count), to })

/** As many months, just before. */
export const periodBefore = (period: Period): Period => {
  const count = monthCount(period)
  return { from: addMonths(period.from, -count), to: addMonths(period.to, -count) }
}

export const monthOfDay = (day: Day): Month => day.slice(0, 7)
export const firstDay = (of: Month): Day => `${of}-01`
export const lastDay = (of: Month): Day => dayOfNumber(dayNumber(firstDay(addMonths(of, 1))) - 1)

/** Days, both included. */
export type DayRange = { readonly from: Day; readonly to: Day }

/** The days of a period that are over or under way: a month that has just begun is no short month. */
export function daysOf(period: Period, today: Day): DayRange {
  const to = lastDay(period.to)
  return { from: firstDay(period.from), to: today < to ? today : to }
}

/**
 * The days a period is compared with: those of the months before, or of other months as many, cut where today cuts the
 * period, so that a month under way is never set against a whole one.
 */
export function daysBefore(period: Period, today: Day, before: Period = periodBefore(period)): DayRange {
  const whole = daysOf(before, today)
  if (today >= lastDay(period.to) || today < firstDay(period.from)) return whole
  const cut = addMonths(monthOfDay(today), indexOf(before.from) - indexOf(period.from))
  const sameDay = `${cut}-${today.slice(8)}`
  const last = lastDay(cut)
  return { from: whole.from, to: sameDay < last ? sameDay : last }
}

/** The same months of the year before. */
export const yearBefore = ({ from, to }: Period): Period => ({
  from: addMonths(from, -12),
  to: addMonths(to, -12),
})

/** Steps of a series of days. */
export const GRAINS = ['day', 'week', 'month'] as const
export type Grain = (typeof GRAINS)[number]

/** The first day of the step a day belongs to; weeks begin on Monday. */
export function stepOf(day: Day, grain: Grain): Day {
  if (grain === 'day') return day
  if (grain === 'month') return firstDay(monthOfDay(day))
  // 1970-01-01 was a Thursday.
  const number = dayNumber(day)
  return dayOfNumber(number - ((((number + 3) % 7) + 7) % 7))
}

/** Every step of a range of days, so that a step without a report is a zero and not a gap. */
export function stepsOf(range: DayRange, grain: Grain): Day[] {
  const steps: Day[] = []
  let at = stepOf(range.from, grain)
  while (at <= range.to) {
    steps.push(at)
    at =
      grain === 'month'
        ? firstDay(addMonths(monthOfDay(at), 1))
        : dayOfNumber(dayNumber(at) + (grain === 'week' ? 7 : 1))
  }
  return steps
}
