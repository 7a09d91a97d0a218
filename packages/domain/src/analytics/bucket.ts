import type { AnswerValue } from '../field/answer.ts'
import type { FieldSpec, Localised } from '../field/field-spec.ts'

/** The bucket of "I do not know"; no option may have this id. */
export const UNKNOWN = 'unknown'

/** Where an answer is counted; `value` is the number of a number, null for everything else. */
export type Bucketed = { readonly bucket: string; readonly value: number | null }

/** What a bucket means, for a sentence to be written around it. */
export type BucketLabel =
  | { readonly kind: 'yes' | 'no' | 'unknown' }
  | { readonly kind: 'option'; readonly label: Localised; readonly retired: boolean }
  /** `whole`: both ends belong to the bin (10 to 12); otherwise `to` is left out (2.5 up to 5). `to` null: no end known. */
  | {
      readonly kind: 'range'
      readonly from: number
      readonly to: number | null
      readonly whole: boolean
      readonly unit: string | null
    }
  | { readonly kind: 'month'; readonly month: string }
  /** A bucket this version does not know. */
  | { readonly kind: 'other'; readonly bucket: string }

export declare function bucketsOf(spec: FieldSpec, x: AnswerValue | undefined): Bucketed[]
export declare function bucketLabelParts(spec: FieldSpec, bucket: string): BucketLabel
export declare function sortBuckets(spec: FieldSpec, buckets: readonly string[]): string[]
