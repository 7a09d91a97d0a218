import { dispersion } from './dispersion.ts'
import { exactP } from './exact-tail.ts'
import type { Effect } from './insight.ts'
import { normalTail } from './normal-tail.ts'
import { excessOf, type Stratum, varianceOf } from './stratum.ts'
import { type Rate, wilson } from './wilson.ts'

/** Effects under these are true perhaps, but not worth a sentence. */
const ODDS_MIN = 1.3
const DIFFERENCE_MIN = 0.05

/** Points of the normal distribution: one-sided 5 %, two-sided 95 %. */
const Z_ONE = 1.6448536269514722
const Z_TWO = 1.959963984540054

/** Clusters under which their dispersion is not judged. */
const CLUSTERS_MIN = 8

export type Weighed = {
  readonly direction: 'more' | 'less'
  readonly here: Rate
  readonly there: Rate
  readonly effect: Effect
  readonly p: number
  /** The lower end of the difference of shares, 95 %. */
  readonly atLeast: number
}

/**
 * What strata say together of exposed against others; null when it must not be told: too small to matter, the plain
 * shares or a part of the strata say the contrary, or one part alone says it. `known`: how much more than chance
 * such counts vary anyway, 1 when nothing is known of it.
 */
export function weigh(strata: readonly Stratum[], known = 1): Weighed | null {
  const sum = (of: (stratum: Stratum) => number) => strata.reduce((total, stratum) => total + of(stratum), 0)
  const excess = sum(excessOf)
  const variance = sum(varianceOf)
  if (variance <= 0 || excess === 0) return null
  const sign = Math.sign(excess)
  const exposed = sum((stratum) => stratum.exposed)
  const a = sum((stratum) => stratum.a)
  const here = wilson(a, exposed)
  const there = wilson(sum(({ positive }) => positive) - a, sum(({ n }) => n) - exposed)
  if (Math.sign(here.share - there.share) !== sign || !partsAgree(strata, sign)) return null
  const inflation = Math.max(1, known, dispersionOf(strata, excess / variance))
  const effect = effectOf(strata, inflation)
  if (Math.abs(Math.log(effect.odds)) < Math.log(ODDS_MIN)) return null
  if (Math.abs(effect.difference) < DIFFERENCE_MIN) return null
  const deviation = Math.abs(excess) / Math.sqrt(variance * inflation)
  const exact = exactP(strata)
  const p = inflation === 1 ? exact : Math.max(exact, Math.min(1, 2 * normalTail(deviation)))
  const atLeast = Math.abs(effect.difference) * Math.max(0, 1 - Z_TWO / deviation)
  return { direction: sign > 0 ? 'more' : 'less', here, there, effect, p, atLeast }
}

/** No part says the contrary beyond chance, and what is left without the strongest still says the same. */
function partsAgree(strata: readonly Stratum[], sign: number): boolean {
  const parts = grouped(strata, ({ part }) => part).filter(({ variance }) => variance > 0)
  if (parts.length < 2) return true
  if (parts.some(({ excess, variance }) => (sign * excess) / Math.sqrt(variance) <= -Z_ONE)) return false
  const strongest = parts.reduce((most, part) => (sign * part.excess > sign * most.excess ? part : most))
  const rest = parts.filter((part) => part !== strongest)
  const left = rest.reduce((total, { excess }) => total + sign * excess, 0)
  return left / Math.sqrt(rest.reduce((total, { variance }) => total + variance, 0)) >= 1
}

/**
 * How much more clusters differ from each other than counts do by chance: Pearson's statistic around the common effect,
 * over its degrees of freedom, or 1 when chance alone gives as much once in a hundred. Visits to one account are alike, and
 * counts do not tell accounts apart; homes do in part.
 */
function dispersionOf(strata: readonly Stratum[], slope: number): number {
  const clusters = grouped(strata, ({ cluster }) => cluster).filter(({ variance }) => variance > 0)
  if (clusters.length < CLUSTERS_MIN) return 1
  const freedom = clusters.length - 1
  const statistic = clusters.reduce(
    (total, { excess, variance }) => total + (excess - slope * variance) ** 2 / variance,
    0,
  )
  return dispersion(statistic, freedom)
}

function grouped(strata: readonly Stratum[], by: (stratum: Stratum) => number) {
  const groups = new Map<number, { excess: number; variance: number }>()
  for (const stratum of strata) {
    const group = groups.get(by(stratum)) ?? { excess: 0, variance: 0 }
    group.excess += excessOf(stratum)
    group.variance += varianceOf(stratum)
    groups.set(by(stratum), group)
  }
  return [...groups.values()]
}

/**
 * Odds ratio and difference of shares within strata (N. Mantel and W. Haenszel, JNCI 22 (1959), 719-748), the interval
 * of the first by J. Robins, N. Breslow and S. Greenland, Biometrics 42 (1986), 311-323. Half a case on each side keeps
 * the ratio finite where everybody or nobody is one.
 */
function effectOf(strata: readonly Stratum[], inflation: number): Effect {
  let [r, s, pr, cross, qs, gained, weight] = [0.5, 0.5, 0, 0, 0, 0, 0]
  for (const { a, exposed, positive, n } of strata) {
    const b = exposed - a
    const c = positive - a
    const d = n - exposed - c
    const [up, down] = [(a * d) / n, (b * c) / n]
    const [p, q] = [(a + d) / n, (b + c) / n]
    r += up
    s += down
    pr += p * up
    cross += p * down + q * up
    qs += q * down
    gained += (a * (n - exposed) - c * exposed) / n
    weight += (exposed * (n - exposed)) / n
  }
  const variance = pr / (2 * r * r) + cross / (2 * r * s) + qs / (2 * s * s)
  const spread = Math.exp(Z_TWO * Math.sqrt(variance * inflation))
  const odds = r / s
  return { odds, low: odds / spread, high: odds * spread, difference: gained / weight }
}
