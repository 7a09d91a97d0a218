import { GROUP_MIN } from '../analytics/group-size.ts'
import type { FieldType } from './field-spec.ts'
import { medianOfBins, type SecondsBin, type SecondsMedian } from './seconds-histogram.ts'

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
  /** What is known answer by answer, where the reader wants the middle rather than the mean. */
  readonly took?: TookKnown
}

/** Answers of the months whose times were all kept by bins, and the people who gave them. */
export type TookKnown = { readonly bins: readonly SecondsBin[]; readonly people: number }

/** `median`: the seconds are those of the middle answer, which took from so many to so many; else they are a mean. */
export type EntryCost = {
  readonly seconds: number
  readonly measured: boolean
  readonly median?: Pick<SecondsMedian, 'from' | 'to'>
}

/** Fewer answers kept by bins say less than the mean of all. */
export const TOOK_MIN = 30

/**
 * Seconds of an answer to one question: the median where enough answers are known one by one, else the mean. Under five
 * people either would tell what one of them does: the assumption then stands in its place.
 */
export function entryCost(entry: FieldEntry): EntryCost {
  if (entry.people < GROUP_MIN || entry.answers === 0 || entry.seconds === 0)
    return { seconds: ASSUMED_SECONDS[entry.type], measured: false }
  const median = entry.took && medianOf(entry.took)
  if (!median) return { seconds: entry.seconds / entry.answers, measured: true }
  const { seconds, from, to } = median
  return { seconds, measured: true, median: { from, to } }
}

const medianOf = ({ bins, people }: TookKnown): SecondsMedian | null =>
  people >= GROUP_MIN && bins.reduce((sum, { n }) => sum + n, 0) >= TOOK_MIN ? medianOfBins(bins) : null

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
