/** The smallest value that at least `share` of all are not above (nearest rank); throws when there is none. */
export function percentile(values, share) {
  if (values.length === 0) throw new Error('Nothing was measured.')
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

/** What is told of times in milliseconds. */
export const timesOf = (values) => ({
  n: values.length,
  p50: round(percentile(values, 0.5)),
  p95: round(percentile(values, 0.95)),
})

/** Three digits, no more: the rest is noise. */
export const round = (value) => Number(value.toPrecision(3))
