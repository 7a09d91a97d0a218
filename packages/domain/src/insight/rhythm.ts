import type { BucketLabel } from '../analytics/bucket.ts'

/**
 * Classes of visits by what came before them, each named by its lower edge: days since the visit before, and visits of
 * the same account in the year before.
 */
export const RHYTHM = {
  delay: [1, 15, 31, 61, 121],
  frequency: [0, 1, 3, 6, 12],
} as const satisfies Readonly<Record<string, readonly number[]>>
export type RhythmKind = keyof typeof RHYTHM

/** The class a bucket names; without an end for the last one. */
export function rhythmRange(
  kind: RhythmKind,
  bucket: string,
): Pick<Extract<BucketLabel, { kind: 'range' }>, 'from' | 'to'> {
  const edges: readonly number[] = RHYTHM[kind]
  const at = edges.indexOf(Number(bucket))
  const next = edges[at + 1]
  return { from: Number(bucket), to: next === undefined ? null : next - 1 }
}
