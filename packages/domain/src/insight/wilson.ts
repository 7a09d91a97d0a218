/** A share with its 95 % interval; `share` is 0 and the interval 0 to 1 when there are no cases. */
export type Rate = {
  readonly k: number
  readonly n: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959963984540054

/**
 * Wilson score interval, 95 %, for k cases out of n. Holds for few cases and for shares near 0 or 1.
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927), 209-212.
 */
export function wilson(k: number, n: number): Rate {
  if (n <= 0) return { k: 0, n: 0, share: 0, low: 0, high: 1 }
  const share = k / n
  const z2n = (Z * Z) / n
  const centre = (share + z2n / 2) / (1 + z2n)
  const half = (Z * Math.sqrt((share * (1 - share)) / n + z2n / (4 * n))) / (1 + z2n)
  // At 0 and n the bounds are exactly 0 and 1; rounding must not push them past the share.
  return { k, n, share, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half }
}
