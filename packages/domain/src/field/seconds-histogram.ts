/** The most that a report says of one question (sync/operation.ts); a phone itself stops counting far below. */
export const SECONDS_MOST = 3600

/** Ten to a decade, to the whole second since phones count whole ones: 0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32 ... */
const EDGES: readonly number[] = [
  0,
  ...new Set(Array.from({ length: 36 }, (_, tenths) => Math.round(10 ** (tenths / 10)))),
].filter((edge) => edge <= SECONDS_MOST)

/** Answers by how long they took: `from` is the least number of seconds of a bin. */
export type SecondsBin = { readonly from: number; readonly n: number }

/** The least number of seconds of the bin that a time falls in; what no question can take stands in the first or last. */
export const secondsBin = (seconds: number): number => EDGES.findLast((edge) => edge <= seconds) ?? 0

/** The greatest whole number of seconds of a bin. */
const lastOf = (from: number): number => (EDGES.find((edge) => edge > from) ?? SECONDS_MOST + 1) - 1

/** `seconds` lies between `from` and `to`, and so does the median of the times themselves. */
export type SecondsMedian = { readonly seconds: number; readonly from: number; readonly to: number }

/**
 * The middle of so many times, the lower of two; within its bin as if those in it were spread evenly. Null of none.
 * Bins come in any order, one more than once.
 */
export function medianOfBins(bins: readonly SecondsBin[]): SecondsMedian | null {
  const total = bins.reduce((sum, { n }) => sum + n, 0)
  const middle = Math.ceil(total / 2)
  let below = 0
  for (const { from, n } of [...bins].sort((a, b) => a.from - b.from)) {
    if (n > 0 && below + n >= middle) {
      const to = lastOf(from)
      return { seconds: from + ((to - from) * (middle - below - 0.5)) / n, from, to }
    }
    below += n
  }
  return null
}
