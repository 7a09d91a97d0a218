import type { FieldSpec } from '../field-spec.ts'
import type { AnswerFault, AnswerValue, Check } from './value.ts'

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

function numberFault({ whole, least, most }: Extent, value: AnswerValue): AnswerFault | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'ANSWER_TYPE'
  if (whole && !Number.isSafeInteger(value)) return 'ANSWER_TYPE'
  return value < least || value > most ? 'ANSWER_RANGE' : null
}

export const integerFault: Check = ({ min: least = -FAR, max: most = FAR }, value) =>
  numberFault({ whole: true, least, most }, value)

export const decimalFault: Check = ({ min: least = -FAR, max: most = FAR }, value) =>
  numberFault({ whole: false, least, most }, value)

/** A duration is never less than nothing. */
export const durationFault: Check = ({ min = 0, max = DURATION_MOST }, value) =>
  numberFault({ whole: true, least: Math.max(0, min), most: Math.min(DURATION_MOST, max) }, value)

export const ratingFault: Check = (spec, value) => numberFault({ whole: true, ...scaleOf(spec) }, value)

/** What the bounds and answers of a number are told in; null where they are bare. */
export const unitOf = (spec: Pick<FieldSpec, 'type' | 'unit' | 'currency'>): string | null =>
  spec.type === 'duration' ? 'min' : (spec.currency ?? spec.unit ?? null)
