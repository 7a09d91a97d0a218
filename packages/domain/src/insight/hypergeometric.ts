import type { Stratum } from './stratum.ts'

type Margins = Pick<Stratum, 'exposed' | 'positive' | 'n'>

/** Log of the sum, mean and variance of a count whose weights are multiplied by exp(t) per case. */
export type Tilted = { readonly logSum: number; readonly mean: number; readonly variance: number }

const NEGLIGIBLE = 1e-18

/**
 * The cases among the exposed of one table with given margins, tilted by t: Fisher's noncentral hypergeometric
 * distribution of odds exp(t). Summed from its mode outwards, so that nothing overflows.
 * Mode: J. G. Liao and O. Rosen, "Fast and stable algorithms for computing and sampling from the noncentral
 * hypergeometric distribution", The American Statistician 55 (2001), 366-369.
 */
export function tilted({ exposed, positive, n }: Margins, t: number): Tilted {
  const spare = n - exposed - positive
  const least = Math.max(0, -spare)
  const most = Math.min(exposed, positive)
  const odds = Math.exp(t)
  const b = (exposed + positive + 2) * odds + spare
  const c = (exposed + 1) * (positive + 1) * odds
  const root = Math.sqrt(Math.max(0, b * b - 4 * (odds - 1) * c))
  const mode = Math.min(most, Math.max(least, Math.floor((2 * c) / (b + root))))
  let sum = 1
  let first = 0
  let second = 0
  let term = 1
  for (let k = mode; k < most; k++) {
    term *= ((exposed - k) * (positive - k) * odds) / ((k + 1) * (spare + k + 1))
    if (term < NEGLIGIBLE) break
    const away = k + 1 - mode
    sum += term
    first += away * term
    second += away * away * term
  }
  term = 1
  for (let k = mode; k > least; k--) {
    term *= (k * (spare + k)) / ((exposed - k + 1) * (positive - k + 1) * odds)
    if (term < NEGLIGIBLE) break
    const away = k - 1 - mode
    sum += term
    first += away * term
    second += away * away * term
  }
  const logMode =
    mode * t -
    logFactorial(mode) -
    logFactorial(exposed - mode) -
    logFactorial(positive - mode) -
    logFactorial(spare + mode)
  const shift = first / sum
  return { logSum: logMode + Math.log(sum), mean: mode + shift, variance: second / sum - shift * shift }
}

const TABLE = logFactorials(2_000)

function logFactorials(count: number): Float64Array {
  const table = new Float64Array(count)
  for (let k = 2; k < count; k++) table[k] = (table[k - 1] as number) + Math.log(k)
  return table
}

/** Stirling's series beyond the table: its next term is under 1e-17 there. */
function logFactorial(k: number): number {
  const known = TABLE[k]
  if (known !== undefined) return known
  return (k + 0.5) * Math.log(k) - k + Math.log(2 * Math.PI) / 2 + 1 / (12 * k) - 1 / (360 * k ** 3)
}
