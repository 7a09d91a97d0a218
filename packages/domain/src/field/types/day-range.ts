import { addDays, type Day } from '../../agenda/day.ts'
import { type Bounds, lower, upper } from '../bounds.ts'
import type { DayBound } from '../field-spec.ts'
import type { AnswerValue } from './value.ts'

/** Whether a day, with or without its hour, is one that may be answered on a visit of `visit`; of other answers, always. */
export function isWithin(bounds: Bounds, value: AnswerValue, visit: Day | null): boolean {
  if (typeof value !== 'string') return true
  const { first, last } = daysOf(bounds, visit)
  const day = value.slice(0, 10)
  return (first === undefined || day >= first) && (last === undefined || day <= last)
}

/** The first and the last day that may be answered on a visit of `day`; without it, as far as that is known. */
export function daysOf(
  { earliest, latest }: Bounds,
  day: Day | null,
): { readonly first: Day | undefined; readonly last: Day | undefined } {
  const on = (bound: DayBound | undefined): Day | undefined =>
    day === null || bound?.days === undefined ? undefined : addDays(day, bound.days)
  return { first: upper(earliest?.day, on(earliest)), last: lower(latest?.day, on(latest)) }
}
