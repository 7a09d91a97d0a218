import type { DayBound, FieldSpec } from './field-spec.ts'

// What phones load first folds tightenings: what says, compares and reads bounds stands apart (said-bounds, types/day-range).

/** How far answers go: numbers between `min` and `max`, days between `earliest` and `latest`. */
export type Bounds = Pick<FieldSpec, 'min' | 'max' | 'earliest' | 'latest'>

/** Of two, the one that is said, or the higher of both, or the lower. */
type Closer = <Value extends number | string>(a: Value | undefined, b: Value | undefined) => Value | undefined
export const upper: Closer = (a, b) => (a === undefined || (b !== undefined && b > a) ? b : a)
export const lower: Closer = (a, b) => (a === undefined || (b !== undefined && b < a) ? b : a)

/** Fixed days with fixed days, distances with distances: which of both kinds is stricter hangs on the visit, so both hold. */
const bothDays = (a: DayBound | undefined, b: DayBound | undefined, closer: Closer): DayBound | undefined =>
  a && b ? { day: closer(a.day, b.day), days: closer(a.days, b.days) } : (a ?? b)

export const isBounded = ({ min, max, earliest, latest }: Bounds): boolean =>
  (min ?? max ?? earliest ?? latest) !== undefined

/** What fits both. */
export const strictest = (a: Bounds, b: Bounds): Bounds => ({
  min: upper(a.min, b.min),
  max: lower(a.max, b.max),
  earliest: bothDays(a.earliest, b.earliest, upper),
  latest: bothDays(a.latest, b.latest, lower),
})

export const isPast = <Value extends number | string>(a: Value | undefined, b: Value | undefined): boolean =>
  a !== undefined && b !== undefined && a > b

/** Nothing fits, whatever the day: a fixed day against a distance is not known before the visit. */
export const areCrossed = ({ min, max, earliest, latest }: Bounds): boolean =>
  isPast(min, max) || isPast(earliest?.day, latest?.day) || isPast(earliest?.days, latest?.days)
