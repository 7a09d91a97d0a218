import type { AnswerValue } from '../field/answer.ts'
import type { FieldSpec, FieldType, Localised } from '../field/field-spec.ts'
import { binsOf, EXTENT, isWhole } from './bins.ts'

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
      /** Of money, its currency. */
      readonly unit: string | null
      /** How its ends are written, where not as plain numbers. */
      readonly measure?: 'money' | 'duration'
    }
  | { readonly kind: 'month'; readonly month: string }
  /** A bucket this version does not know. */
  | { readonly kind: 'other'; readonly bucket: string }

/** How the answers of a type are counted; null: not by value. */
const COUNTED: Readonly<Record<FieldType, 'yes_no' | 'option' | 'number' | 'month' | null>> = {
  yes_no: 'yes_no',
  single_choice: 'option',
  multiple_choice: 'option',
  integer: 'number',
  decimal: 'number',
  money: 'number',
  duration: 'number',
  rating: 'number',
  date: 'month',
  date_time: 'month',
  short_text: null,
  long_text: null,
  phone: null,
  email: null,
  web_address: null,
  postal_address: null,
  position: null,
  account_reference: null,
  contact_reference: null,
  list_reference: 'option',
  photo: null,
  computed: 'number',
}

/** Whether answers add up: what a mean, a sum and a median are of. */
export const isNumber = (type: FieldType): boolean => COUNTED[type] === 'number'

/**
 * Where an answer is counted: one bucket, or one per option for several choices. Numbers fall in bins that depend on
 * the version alone, named by their lower edge; dates in months. Nothing for text, what says who or where, an empty
 * answer or a wrong type.
 */
export function bucketsOf(spec: FieldSpec, x: AnswerValue | undefined): Bucketed[] {
  const counted = COUNTED[spec.type]
  // Undefined: of a later release than this phone's.
  if (x === undefined || !counted) return []
  if (x === null) return [{ bucket: UNKNOWN, value: null }]
  switch (counted) {
    case 'yes_no':
      return typeof x === 'boolean' ? [{ bucket: String(x), value: null }] : []
    case 'option': {
      const named: readonly string[] = Array.isArray(x) ? x : typeof x === 'string' && x !== '' ? [x] : []
      return [...new Set(named.map((id) => countedAs(spec, id)))].map((bucket) => ({ bucket, value: null }))
    }
    case 'number':
      return typeof x === 'number' && Math.abs(x) <= EXTENT
        ? [{ bucket: String(binsOf(spec).lower(x)), value: x }]
        : []
    case 'month':
      return typeof x === 'string' && x !== '' ? [{ bucket: x.slice(0, 7), value: null }] : []
  }
}

/** The owner's option that an answer counts as: a level below may refine one that another level refined. */
function countedAs(spec: FieldSpec, id: string): string {
  const above = spec.options.find((option) => option.id === id)?.countsAs
  return above === undefined ? id : countedAs(spec, above)
}

/** What a bucket means under a version; bins made under other bounds keep their lower edge and lose their upper one. */
export function bucketLabelParts(spec: FieldSpec, bucket: string): BucketLabel {
  if (bucket === UNKNOWN) return { kind: 'unknown' }
  switch (COUNTED[spec.type]) {
    case 'yes_no':
      return bucket === 'true'
        ? { kind: 'yes' }
        : bucket === 'false'
          ? { kind: 'no' }
          : { kind: 'other', bucket }
    case 'option': {
      const option = spec.options.find(({ id }) => id === bucket)
      return option
        ? { kind: 'option', label: option.label, retired: option.retired ?? false }
        : { kind: 'other', bucket }
    }
    case 'number':
      return rangeLabel(spec, bucket)
    case 'month':
      return { kind: 'month', month: bucket }
    case null:
      return { kind: 'other', bucket }
  }
}

/** Reading order: options as listed, numbers and months ascending, what the version does not know, then unknown. */
export function sortBuckets(spec: FieldSpec, buckets: readonly string[]): string[] {
  const order = new Map(
    (spec.type === 'yes_no' ? ['true', 'false'] : spec.options.map(({ id }) => id)).map((id, at) => [id, at]),
  )
  const counted = COUNTED[spec.type]
  const place = (bucket: string): number =>
    bucket === UNKNOWN
      ? Number.POSITIVE_INFINITY
      : counted === 'number'
        ? Number(bucket)
        : counted === 'month'
          ? 0
          : (order.get(bucket) ?? order.size)
  return [...buckets].sort((a, b) => {
    const [left, right] = [place(a), place(b)]
    return left === right ? (a < b ? -1 : a > b ? 1 : 0) : left < right ? -1 : 1
  })
}

function rangeLabel(spec: FieldSpec, bucket: string): BucketLabel {
  const from = Number(bucket)
  if (bucket === '' || !Number.isFinite(from)) return { kind: 'other', bucket }
  const bins = binsOf(spec)
  const whole = isWhole(spec.type)
  const unit = spec.currency ?? spec.unit ?? null
  const measure = spec.type === 'money' || spec.type === 'duration' ? ({ measure: spec.type } as const) : {}
  if (String(bins.lower(from)) !== bucket) return { kind: 'range', from, to: null, whole, unit, ...measure }
  const next = bins.next(from)
  const last = whole && next !== null ? next - 1 : next
  // A bin never promises more than the question allows.
  const to = last !== null && spec.max !== undefined ? Math.max(from, Math.min(last, spec.max)) : last
  return { kind: 'range', from, to, whole, unit, ...measure }
}
