/**
 * P(Z > z) of the normal distribution, relative error under 2e-7 however far out.
 * Source: W. H. Press and others, Numerical Recipes, 2nd edition (1992), 6.2, erfcc.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  let sum = 0
  for (let at = SERIES.length - 1; at >= 0; at--) sum = sum * t + (SERIES[at] as number)
  const upper = (t * Math.exp(-x * x + sum)) / 2
  return z >= 0 ? upper : 1 - upper
}

const SERIES = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
]

export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
