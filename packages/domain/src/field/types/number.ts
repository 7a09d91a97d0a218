import type { FieldSpec } from '../field-spec.ts'
import type { Check } from './value.ts'

/** A rating without a scale of its own goes to five; fewer than three say no more than yes and no, more than ten are not felt. */
export const SCALE_LEAST = 3
export const SCALE_MOST = 10
export const SCALE_USUAL = 5

/** Minutes of a year: what takes longer is told in dates. */
export const DURATION_MOST = 527_040

/** The notes that a rating takes; a level below may leave some of them out. */
export const scaleOf = ({ min, max }: Pick<FieldSpec, 'min' | 'max'>): { least: number; most: number } => ({
  least: min ?? 1,
  most: max ?? SCALE_USUAL,
})

type Extent = { readonly whole: boolean; readonly least: number; readonly most: number }

/** Past a million of thousands of millions a double no longer tells neighbours apart. */
const FAR = 1e15

const numberFault =
  (extentOf: (spec: FieldSpec) => Extent): Check =>
  (spec, value) => {
    const { whole, least, most } = extentOf(spec)
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'ANSWER_TYPE'
    if (whole && !Number.isSafeInteger(value)) return 'ANSWER_TYPE'
    return value < least || value > most ? 'ANSWER_RANGE' : null
  }

const within =
  (whole: boolean) =>
  ({ min = -FAR, max = FAR }: FieldSpec): Extent => ({ whole, least: min, most: max })

export const integerFault = numberFault(within(true))
export const decimalFault = numberFault(within(false))

/** A duration is never less than nothing. */
export const durationFault = numberFault(({ min = 0, max = DURATION_MOST }) => ({
  whole: true,
  least: Math.max(0, min),
  most: Math.min(DURATION_MOST, max),
}))

export const ratingFault = numberFault((spec) => ({ whole: true, ...scaleOf(spec) }))

/** What the bounds and answers of a number are told in; null where they are bare. */
export const unitOf = (spec: Pick<FieldSpec, 'type' | 'unit' | 'currency'>): string | null =>
  spec.type === 'duration' ? 'min' : (spec.currency ?? spec.unit ?? null)
