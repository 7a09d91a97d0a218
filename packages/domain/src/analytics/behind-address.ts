import { filtersText } from './address.ts'
import type { Behind } from './question.ts'

/** Names and values by which the list of reports tells those behind a figure. */
export function behindEntries({
  territoryId,
  basis,
  from,
  to,
  kind,
  outcomes,
  answers,
}: Behind): (readonly [string, string])[] {
  const entries: readonly (readonly [string, string | null])[] = [
    ['at', territoryId],
    ['from', from],
    ['to', to],
    ['kind', kind],
    ['o', outcomes.length > 0 ? outcomes.join(',') : null],
    ['f', filtersText(answers)],
    ['basis', basis],
  ]
  return entries.filter((entry): entry is readonly [string, string] => entry[1] !== null)
}
