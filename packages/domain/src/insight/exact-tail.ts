import { tilted } from './hypergeometric.ts'
import { normalDensity, normalTail } from './normal-tail.ts'
import { excessOf, type Stratum, varianceOf } from './stratum.ts'

const STEPS = 60

/**
 * Two-sided p-value of the exact conditional test that nothing is associated within any stratum (the exact form of
 * Cochran, Mantel and Haenszel's): twice the smaller tail of the sum of hypergeometric counts. By saddlepoint, since the
 * normal tail is wrong by orders of magnitude at the small levels that many tests need.
 * Source: H. E. Daniels, "Tail probability approximations", International Statistical Review 55 (1987), 37-48, with the
 * second correction for whole numbers.
 */
export function exactP(strata: readonly Stratum[]): number {
  const informative = strata.filter((stratum) => varianceOf(stratum) > 0)
  const excess = informative.reduce((sum, stratum) => sum + excessOf(stratum), 0)
  if (excess === 0) return 1
  return Math.min(1, 2 * upperTail(excess > 0 ? informative : informative.map(mirrored)))
}

/** The same table told by those who are no cases. */
const mirrored = (stratum: Stratum): Stratum => ({
  ...stratum,
  a: stratum.exposed - stratum.a,
  positive: stratum.n - stratum.positive,
})

/** P(A >= a) for the sum over the strata, where a is above its mean. */
function upperTail(strata: readonly Stratum[]): number {
  const at = strata.reduce((sum, { a }) => sum + a, 0) - 0.5
  const rest = sumOf(strata, 0)
  // Less than a case beyond the mean: no tail to speak of.
  if (at <= rest.mean + 0.5) return 0.5
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let t = (at - rest.mean) / rest.variance
  let there = sumOf(strata, t)
  for (let step = 0; step < STEPS && Math.abs(there.mean - at) > 1e-9 * at; step++) {
    if (there.mean < at) low = t
    else high = t
    const next = t + (at - there.mean) / there.variance
    t = next > low && next < high ? next : high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * t
    there = sumOf(strata, t)
  }
  const w = Math.sqrt(2 * (t * at - (there.logSum - rest.logSum)))
  const u = 2 * Math.sinh(t / 2) * Math.sqrt(there.variance)
  return normalTail(w) + normalDensity(w) * (1 / u - 1 / w)
}

function sumOf(strata: readonly Stratum[], t: number) {
  let [logSum, mean, variance] = [0, 0, 0]
  for (const stratum of strata) {
    const one = tilted(stratum, t)
    logSum += one.logSum
    mean += one.mean
    variance += one.variance
  }
  return { logSum, mean, variance }
}
