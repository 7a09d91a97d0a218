import type { Day } from '../agenda/day.ts'

export type PeriodFault = 'fromMissing' | 'fromPast' | 'toEarly'

/**
 * What is wrong with the days of a role about to be given, both inclusive, `validTo` null or empty for no end: it begins
 * today or later, since what was captured while a right was held is accepted later, and ends on its first day or after.
 */
export function periodFault(
  { validFrom, validTo }: { readonly validFrom: Day | ''; readonly validTo: Day | '' | null },
  today: Day,
): PeriodFault | null {
  if (validFrom === '') return 'fromMissing'
  if (validFrom < today) return 'fromPast'
  return validTo && validTo < validFrom ? 'toEarly' : null
}
