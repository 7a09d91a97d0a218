/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959963984540054

/** Answers that are numbers, of one bin: `to` its upper edge, the greatest value where `whole`; null when nobody knows it. */
export type NumberBin = {
  readonly from: number
  readonly to: number | null
  readonly n: number
  readonly sum: number
}

export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

const counted = (bins: readonly NumberBin[]): NumberBin[] =>
  bins.filter(({ n }) => n > 0).sort((a, b) => a.from - b.from)
const size = (bins: readonly NumberBin[]): number => bins.reduce((sum, { n }) => sum + n, 0)

/** The highest value that stands in a bin, as far as is known: an open one reaches as far above its mean as it begins below. */
const end = ({ from, to, n, sum }: NumberBin): number => to ?? Math.max(from, (2 * sum) / n - from)

/**
 * The mean, exact, with its 95 % interval: 1.96 standard errors either side. The variance is that between the means of the bins and, within
 * each, that of values spread evenly over it. Null of none.
 */
export function meanOfBins(all: readonly NumberBin[], whole: boolean): Estimate | null {
  const bins = counted(all)
  const n = size(bins)
  if (n === 0) return null
  const value = bins.reduce((sum, bin) => sum + bin.sum, 0) / n
  const half = n > 1 ? Z * Math.sqrt(squaresAround(value, bins, whole) / (n - 1) / n) : 0
  return { value, low: value - half, high: value + half }
}

/** Squares of the distances of all values from one. */
function squaresAround(value: number, bins: readonly NumberBin[], whole: boolean): number {
  return bins.reduce((sum, bin) => {
    const width = end(bin) - bin.from
    const within = whole ? ((width + 1) ** 2 - 1) / 12 : width ** 2 / 12
    return sum + bin.n * ((bin.sum / bin.n - value) ** 2 + within)
  }, 0)
}

/** A count of which one in `every` was drawn, each by itself: n found, times that, with its 95 % interval (Poisson thinning). */
export const countOfSample = (n: number, every: number): Estimate => scaled(n, n, every)

/** A sum in the same way. */
export const sumOfSample = (all: readonly NumberBin[], every: number, whole: boolean): Estimate => {
  const bins = counted(all)
  return scaled(
    bins.reduce((sum, bin) => sum + bin.sum, 0),
    squaresAround(0, bins, whole),
    every,
  )
}

function scaled(found: number, squares: number, every: number): Estimate {
  const half = Z * every * Math.sqrt(squares * (1 - 1 / every))
  return { value: found * every, low: found * every - half, high: found * every + half }
}

/** `between`: the bin that the median lies in, which is as near as bins tell. */
export type MedianEstimate = Estimate & { readonly from: number; readonly to: number | null }

/**
 * The middle value, the lower of two, read within its bin as if those in it were spread evenly. Its 95 % interval reaches from the lower edge
 * to the upper of the bins that hold the ranks n/2 -+ 0.98 sqrt n (normal approximation of the binomial: W. J. Conover, Practical Nonparametric
 * Statistics, 3rd ed., 3.2), so that it is never finer than bins are. Null of none.
 */
export function medianOfNumbers(all: readonly NumberBin[]): MedianEstimate | null {
  const bins = counted(all)
  const n = size(bins)
  if (n === 0) return null
  const half = (Z / 2) * Math.sqrt(n)
  const middle = atRank(bins, Math.ceil(n / 2))
  return {
    value: middle.value,
    from: middle.bin.from,
    to: middle.bin.to,
    low: atRank(bins, Math.max(1, Math.floor(n / 2 - half))).bin.from,
    high: end(atRank(bins, Math.min(n, Math.ceil(n / 2 + 1 + half))).bin),
  }
}

function atRank(
  bins: readonly NumberBin[],
  rank: number,
): { readonly value: number; readonly bin: NumberBin } {
  let below = 0
  for (const bin of bins) {
    if (below + bin.n >= rank)
      return { value: bin.from + ((end(bin) - bin.from) * (rank - below - 0.5)) / bin.n, bin }
    below += bin.n
  }
  throw new RangeError('no such rank')
}
