/** One-sided 1 % point of the normal distribution. */
const Z_HUNDREDTH = 2.3263478740408408

/**
 * How much more counts differ than they do by chance: Pearson's statistic over its degrees of freedom, or 1 when chance
 * alone gives as much once in a hundred. Source of the limit: E. B. Wilson and M. M. Hilferty, "The distribution of
 * chi-square", PNAS 17 (1931), 684-688.
 */
export function dispersion(statistic: number, freedom: number): number {
  if (freedom < 1) return 1
  const step = 2 / (9 * freedom)
  const limit = freedom * (1 - step + Z_HUNDREDTH * Math.sqrt(step)) ** 3
  return statistic > limit ? statistic / freedom : 1
}
