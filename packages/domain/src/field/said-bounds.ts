import { type Bounds, isPast, strictest } from './bounds.ts'

const NAMES = ['min', 'max', 'earliest', 'latest'] as const

/** The bounds among what a question or a tightening says, without what is not said: a stored version names only what holds. */
export const boundsOf = (bounds: Bounds): Bounds =>
  Object.fromEntries(NAMES.flatMap((name) => (bounds[name] === undefined ? [] : [[name, bounds[name]]])))

export function withoutBounds<Whole extends Bounds>(whole: Whole): Omit<Whole, keyof Bounds> {
  const { min: _, max: __, earliest: ___, latest: ____, ...rest } = whole
  return rest
}

export const sameBounds = (a: Bounds, b: Bounds): boolean =>
  (['min', 'max'] as const).every((name) => a[name] === b[name]) &&
  (['earliest', 'latest'] as const).every(
    (name) => a[name]?.day === b[name]?.day && a[name]?.days === b[name]?.days,
  )

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
