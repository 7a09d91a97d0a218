import { ANSWERED, ASKED, type BucketedAnswer } from './fact.ts'

/** Two questions counted together, by the ids that the roll-ups count by, the lower first: those read as one are paired one by one. */
export type IdPair = { readonly a: string; readonly b: string }

/** Pairs of an organisation: each adds about an eighth to what a fold of reports with twelve answers tallies. Beyond, those least asked for go. */
export const PAIRS_MAX = 24
/** Pairs of one question to the figures: a concept of more questions than this is not counted in advance with another. */
export const PAIRS_A_QUESTION = 8

/** Every pair of one of these with one of those. */
export const pairsOf = (some: readonly string[], others: readonly string[]): IdPair[] =>
  some.flatMap((one) =>
    others.flatMap((other) =>
      one === other ? [] : [one < other ? { a: one, b: other } : { a: other, b: one }],
    ),
  )

export const isDenominator = (bucket: string): boolean => bucket === ASKED || bucket === ANSWERED

/** What a report with these buckets counts for in a pair: each answer to one with each to the other and with its denominators, which are not crossed with each other. */
export function crossed(
  buckets: readonly BucketedAnswer[],
  { a, b }: IdPair,
): { readonly a: string; readonly b: string; readonly sumA: number; readonly sumB: number }[] {
  const of = (id: string) => buckets.filter(([fieldId]) => fieldId === id)
  const [some, others] = [of(a), of(b)]
  return some.flatMap(([, left, x]) =>
    others.flatMap(([, right, y]) =>
      isDenominator(left) && isDenominator(right) ? [] : [{ a: left, b: right, sumA: x ?? 0, sumB: y ?? 0 }],
    ),
  )
}
