import { GROUP_MIN } from '../analytics/group-size.ts'
import type { FieldType } from './field-spec.ts'

/**
 * Seconds that one answer takes on a phone, used until five people have answered questions of the type: an assumption,
 * shown as such wherever it is used. A tap among chips is taken as 2 to 3 s, a figure or a day as 4 to 5 s, a search of
 * two letters and a tap as 7 s, a photo as 8 s, a dictated line as 9 s, what is typed letter by letter as 10 to 18 s, a dictated
 * paragraph as 15 s.
 */
export const ASSUMED_SECONDS: Readonly<Record<FieldType, number>> = {
  yes_no: 2,
  single_choice: 3,
  multiple_choice: 5,
  integer: 4,
  decimal: 5,
  money: 5,
  duration: 4,
  rating: 2,
  date: 5,
  date_time: 8,
  short_text: 9,
  long_text: 15,
  phone: 10,
  email: 12,
  web_address: 12,
  postal_address: 18,
  position: 4,
  account_reference: 7,
  contact_reference: 7,
  list_reference: 7,
  photo: 8,
  computed: 0,
}

/** What the ledger says of one question over everybody who answers it. */
export type FieldEntry = {
  readonly type: FieldType
  readonly answers: number
  readonly seconds: number
  /** People who answered. */
  readonly people: number
}

export type EntryCost = { readonly seconds: number; readonly measured: boolean }

/**
 * Mean seconds of an answer to one question. Under five people a mean would tell what one of them does: the assumption
 * then stands in its place.
 */
export const entryCost = (entry: FieldEntry): EntryCost =>
  entry.people >= GROUP_MIN && entry.answers > 0 && entry.seconds > 0
    ? { seconds: entry.seconds / entry.answers, measured: true }
    : { seconds: ASSUMED_SECONDS[entry.type], measured: false }

/** What a new question of a type will cost: the median of those that are measured, else the assumption. */
export function expectedCost(type: FieldType, entries: readonly FieldEntry[]): EntryCost {
  const measured = entries
    .filter((entry) => entry.type === type)
    .map(entryCost)
    .filter((cost) => cost.measured)
    .map((cost) => cost.seconds)
    .sort((a, b) => a - b)
  if (measured.length === 0) return { seconds: ASSUMED_SECONDS[type], measured: false }
  const middle = Math.floor(measured.length / 2)
  const high = measured[middle] ?? 0
  const low = measured.length % 2 === 1 ? high : (measured[middle - 1] ?? high)
  return { seconds: (low + high) / 2, measured: true }
}
