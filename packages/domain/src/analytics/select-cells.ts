import { UNKNOWN } from './bucket.ts'
import { ANSWERED, ASKED, KIND } from './fact.ts'
import { isDenominator } from './pair.ts'
import type { Month } from './period.ts'
import type { Question } from './question.ts'

/** What counts beside an answer: `k` reports of the outcome that is asked for among `n`; `sum` of the question measured, when a number. */
export type Sums = { readonly n: number; readonly k: number; readonly sum: number }

/** What is counted of certain answers at one territory. `month`: null where months are added up. */
export type TableCell = Sums & {
  readonly territoryId: string
  readonly month: Month | null
  /** By id of the question, each of those that were named. */
  readonly buckets: Readonly<Record<string, string>>
}

/** A cell of the reports that a question is about. */
export type PickedCell = Sums & {
  readonly territoryId: string
  readonly month: Month | null
  /** On the axis of answers; null where there is none, and for the denominators of its own question. */
  readonly answer: string | null
  /** Of the question measured; null where reports are. */
  readonly bucket: string | null
}

type Asked = Pick<Question, 'measure' | 'split' | 'filters'>

export const measuredId = ({ measure }: Pick<Question, 'measure'>): string | null =>
  'fieldId' in measure ? measure.fieldId : null

/** The question by whose answers rows are; null when by none. */
export const answeredId = ({ split }: Pick<Question, 'split'>): string | null =>
  split.flatMap((one) => (one.by === 'answer' ? [one.fieldId] : []))[0] ?? null

/** Keeps the reports that gave the filters' answers, and tells of each cell its answer on the axis and its bucket measured. */
export function selectCells(of: Asked, cells: readonly TableCell[]): PickedCell[] {
  const [measured, by] = [measuredId(of), answeredId(of)]
  const kept = of.filters.map(({ fieldId, buckets }) => [fieldId, new Set(buckets)] as const)
  const picked: PickedCell[] = []
  for (const { territoryId, month, buckets, n, k, sum } of cells) {
    const denominator = (fieldId: string) => isDenominator(buckets[fieldId] ?? '')
    if (!kept.every(([fieldId, wanted]) => wanted.has(buckets[fieldId] ?? ''))) continue
    if (Object.keys(buckets).some((fieldId) => fieldId !== measured && denominator(fieldId))) continue
    const answer = by === null || denominator(by) ? null : (buckets[by] ?? null)
    const bucket = measured === null ? null : (buckets[measured] ?? null)
    picked.push({ territoryId, month, answer, bucket, n, k, sum })
  }
  return picked
}

/**
 * What is needed of the buckets of a question: each of some; reports with any of some, or with any that says something ("together"), which
 * need not be told apart; or null: all, each for itself.
 */
export type BucketsNeeded =
  | { readonly each: readonly string[] }
  | { readonly any: readonly string[] }
  | 'together'
  | null

/** The bucket of what is not told apart. */
export const TOGETHER = ''

/** Buckets of one of its questions that a question needs. Denominators are among them where they are needed, so that others need not be read. */
export function bucketsNeeded(of: Asked, fieldId: string): BucketsNeeded {
  const { measure } = of
  const [measured, answered] = [measuredId(of) === fieldId, answeredId(of) === fieldId]
  const filter = of.filters.find((one) => one.fieldId === fieldId)
  if (filter) return measured || answered ? { each: filter.buckets } : { any: filter.buckets }
  if (answered) return null
  // Every report was made in some way, and each number is added up.
  if (fieldId === KIND || (measured && measure.of === 'sum')) return 'together'
  if (!measured) return null
  if (measure.of === 'fill') return { each: [ASKED, ANSWERED] }
  if (measure.of !== 'count' && measure.of !== 'share') return null
  if (measure.bucket !== null) return { each: [ANSWERED, UNKNOWN, measure.bucket] }
  return measure.of === 'count' ? { each: [ANSWERED, UNKNOWN] } : null
}
