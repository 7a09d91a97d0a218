import type { Behind } from './question.ts'

/** Names and values by which the list of reports is told to show those behind a figure. */
export function behindEntries(behind: Behind): (readonly [string, string])[] {
  const { territoryId, below, basis, from, to, kind, outcomes, answers } = behind
  const entries: readonly (readonly [string, string | null])[] = [
    ['at', territoryId],
    ['below', below],
    ['from', from],
    ['to', to],
    ['kind', kind],
    ['outcome', outcomes.join(',')],
    ['basis', basis === 'then' ? basis : null],
    ['counted', '1'],
    ['answers', answers.map(({ fieldId, buckets }) => `${fieldId}:${buckets.join(',')}`).join(';')],
  ]
  return entries.filter((entry): entry is readonly [string, string] => Boolean(entry[1]))
}
