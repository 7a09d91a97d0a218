import { addDays, type Day } from '../agenda/day.ts'
import type { DayBound, FieldSpec } from './field-spec.ts'
import type { AnswerValue } from './types/value.ts'

/** How far answers go: numbers between `min` and `max`, days between `earliest` and `latest`. */
export type Bounds = Pick<FieldSpec, 'min' | 'max' | 'earliest' | 'latest'>

const NAMES = ['min', 'max', 'earliest', 'latest'] as const

/** Of two, the one that is said, or the higher of both, or the lower. */
type Closer = <Value extends number | string>(a: Value | undefined, b: Value | undefined) => Value | undefined
const upper: Closer = (a, b) => (a === undefined || (b !== undefined && b > a) ? b : a)
const lower: Closer = (a, b) => (a === undefined || (b !== undefined && b < a) ? b : a)

/** Fixed days with fixed days, distances with distances: which of both kinds is stricter hangs on the visit, so both hold. */
const bothDays = (a: DayBound | undefined, b: DayBound | undefined, closer: Closer): DayBound | undefined =>
  a && b ? { day: closer(a.day, b.day), days: closer(a.days, b.days) } : (a ?? b)

/** The bounds among what a question or a tightening says, without what is not said: a stored version names only what holds. */
export const boundsOf = (bounds: Bounds): Bounds =>
  Object.fromEntries(NAMES.flatMap((name) => (bounds[name] === undefined ? [] : [[name, bounds[name]]])))

export function withoutBounds<Whole extends Bounds>(whole: Whole): Omit<Whole, keyof Bounds> {
  const { min: _, max: __, earliest: ___, latest: ____, ...rest } = whole
  return rest
}

export const isBounded = ({ min, max, earliest, latest }: Bounds): boolean =>
  (min ?? max ?? earliest ?? latest) !== undefined

/** What fits both. */
export const strictest = (a: Bounds, b: Bounds): Bounds => ({
  min: upper(a.min, b.min),
  max: lower(a.max, b.max),
  earliest: bothDays(a.earliest, b.earliest, upper),
  latest: bothDays(a.latest, b.latest, lower),
})

export const sameBounds = (a: Bounds, b: Bounds): boolean =>
  (['min', 'max'] as const).every((name) => a[name] === b[name]) &&
  (['earliest', 'latest'] as const).every(
    (name) => a[name]?.day === b[name]?.day && a[name]?.days === b[name]?.days,
  )

const isPast = <Value extends number | string>(a: Value | undefined, b: Value | undefined): boolean =>
  a !== undefined && b !== undefined && a > b

/** Nothing fits, whatever the day: a fixed day against a distance is not known before the visit. */
export const areCrossed = ({ min, max, earliest, latest }: Bounds): boolean =>
  isPast(min, max) || isPast(earliest?.day, latest?.day) || isPast(earliest?.days, latest?.days)

/** Whether bounds say what the inherited ones do not allow. */
export const areWider = (inherited: Bounds, { min, max, earliest, latest }: Bounds): boolean =>
  isPast(inherited.min, min) ||
  isPast(max, inherited.max) ||
  isPast(inherited.earliest?.day, earliest?.day) ||
  isPast(inherited.earliest?.days, earliest?.days) ||
  isPast(latest?.day, inherited.latest?.day) ||
  isPast(latest?.days, inherited.latest?.days)

/** Of what is said, what makes the inherited bounds stricter. */
export function narrowing(inherited: Bounds, bounds: Bounds): Bounds {
  const names = NAMES.filter(
    (name) =>
      bounds[name] !== undefined && !sameBounds(inherited, strictest(inherited, { [name]: bounds[name] })),
  )
  return Object.fromEntries(names.map((name) => [name, bounds[name]]))
}

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
