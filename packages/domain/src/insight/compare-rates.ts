import { type Rate, wilson } from './wilson.ts'

export type RateVerdict = 'higher' | 'lower' | 'unclear'

export type RateComparison = { readonly verdict: RateVerdict; readonly here: Rate; readonly there: Rate }

/**
 * Compares k/n here with k/n there. Only intervals (Wilson, 95 %) that do not touch are called different: stricter
 * than a two-proportion test at 5 %, and what a reader sees on the picture is what is said.
 */
export function compareRates(
  here: { readonly k: number; readonly n: number },
  there: { readonly k: number; readonly n: number },
): RateComparison {
  const a = wilson(here.k, here.n)
  const b = wilson(there.k, there.n)
  return { verdict: a.low > b.high ? 'higher' : a.high < b.low ? 'lower' : 'unclear', here: a, there: b }
}
