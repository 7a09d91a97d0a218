import { addDays, type Day } from '../agenda/day.ts'

/** Days a role is held, both inclusive; `to` null: no end. */
export type Period = { readonly from: Day; readonly to: Day | null }

/** Later than any day, so that "for ever" compares. */
export const FOR_EVER = '9999-12-31'

/**
 * The last day of the unbroken run, from today on, on which somebody holds the role: FOR_EVER when it never breaks,
 * yesterday when nobody does today.
 */
export function administeredUntil(periods: readonly Period[], today: Day): Day {
  const byStart = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  let until = addDays(today, -1)
  for (const { from, to } of byStart) {
    if (from > addDays(until, 1)) break
    if (to === null) return FOR_EVER
    if (to > until) until = to
  }
  return until
}
