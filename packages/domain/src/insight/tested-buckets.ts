import { bucketLabelParts, sortBuckets } from '../analytics/bucket.ts'
import type { FieldSpec } from '../field/field-spec.ts'

/** Answers under which a bucket is never tested anywhere. */
const ANSWERS_MIN = 30
/** Buckets of one question that are tested: a list of thousands would drown all other questions. */
const BUCKETS_MAX = 40

/**
 * Which buckets of a question are set against the others, of those that were counted, in reading order: live options,
 * bins of numbers, and of yes or no the first, since the second says the same. Months, retired options and "I do not
 * know" are not. How often each was given does not tell what it goes with, so the choice does not favour any finding.
 */
export function testedBuckets(spec: FieldSpec, given: ReadonlyMap<string, number>): string[] {
  const told = [...given.keys()].filter((bucket) => {
    const label = bucketLabelParts(spec, bucket)
    if (label.kind === 'option') return !label.retired
    return label.kind === 'yes' || label.kind === 'range'
  })
  const often = told
    .filter((bucket) => (given.get(bucket) ?? 0) >= ANSWERS_MIN)
    .sort((a, b) => (given.get(b) ?? 0) - (given.get(a) ?? 0) || (a < b ? -1 : 1))
    .slice(0, BUCKETS_MAX)
  return sortBuckets(spec, often)
}
