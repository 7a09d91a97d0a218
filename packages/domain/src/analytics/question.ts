import * as z from 'zod'
import { OUTCOMES, type Outcome, REPORT_KINDS, type ReportKind } from '../report/report.ts'
import { RANKS } from '../territory/rank.ts'
import { token } from '../typed.ts'
import type { Basis } from './fold.ts'
import { MONTHS_MAX, month, monthCount } from './period.ts'

export const period = z
  .object({ from: month, to: month })
  .refine((of) => monthCount(of) >= 1 && monthCount(of) <= MONTHS_MAX, { path: ['to'] })

export const bucketName = token(60)

/** Other questions by whose answers a figure is narrowed. */
export const FILTERS_MAX = 3
/** Answers of one of them. */
export const FILTER_BUCKETS_MAX = 50
/** Rows by territory: a level that has more is cut, in the order of its names, and told to be. */
export const TERRITORIES_MAX = 150
/** Rows by answer: of a list those named most are told. */
export const ANSWERS_MAX = 40

/** `fieldId`: a question, or a concept that counts several in common. */
const fieldId = z.uuid()

/**
 * What is measured. `count`: reports, or the answers to a question ("I do not know" left out), or one of them. `share`: of one answer among
 * those that say something; `bucket` null where rows are by the answers themselves. `mean`, `sum`, `median`: of a number. `outcome`: reports
 * that end so, among all. `fill`: reports that answer, among those asked. `entry`: seconds that an answer takes, the median.
 */
export const measured = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('count'),
    fieldId: fieldId.nullable().default(null),
    bucket: bucketName.nullable().default(null),
  }),
  z.object({ of: z.literal('share'), fieldId, bucket: bucketName.nullable().default(null) }),
  z.object({ of: z.enum(['mean', 'sum', 'median', 'fill', 'entry']), fieldId }),
  z.object({ of: z.literal('outcome'), outcome: z.enum(OUTCOMES) }),
])
export type Measured = z.infer<typeof measured>

/**
 * What rows are by. `territory`: those just below, or with `rank` all of that level in the branch. `answer`: of the question measured
 * or of another one.
 */
export const split = z.discriminatedUnion('by', [
  z.object({ by: z.literal('territory'), rank: z.literal(RANKS).nullable().default(null) }),
  z.object({ by: z.literal('answer'), fieldId }),
  z.object({ by: z.literal('month') }),
])
export type Split = z.infer<typeof split>

/** Reports that gave one of these answers. */
export const filter = z.object({
  fieldId,
  buckets: z.array(bucketName).min(1).max(FILTER_BUCKETS_MAX),
})
export type Filter = z.infer<typeof filter>

/** As many months before, the same months a year before, or another territory over the same months. */
export const comparison = z.discriminatedUnion('with', [
  z.object({ with: z.literal('previous') }),
  z.object({ with: z.literal('year') }),
  z.object({ with: z.literal('territory'), territoryId: z.uuid() }),
])
export type Comparison = z.infer<typeof comparison>

/**
 * One question to the figures. INVALID_INPUT where a measure cannot be had so: rows twice by the same; a share or fill rate narrowed by its
 * own question; rows by answer of a share without its answer being left open; times of entry by anything but months (they are
 * kept without territory, person and outcome).
 */
export const question = z
  .object({
    territoryId: z.uuid(),
    basis: z.enum(['then', 'today']),
    period,
    measure: measured,
    /** Rows by this, and crossed with that; none: the total alone. */
    split: z.array(split).max(2).default([]),
    filters: z.array(filter).max(FILTERS_MAX).default([]),
    /** Reports that ended so; empty: whatever their outcome. */
    outcomes: z.array(z.enum(OUTCOMES)).max(OUTCOMES.length).default([]),
    kind: z.enum(REPORT_KINDS).nullable().default(null),
    compare: comparison.nullable().default(null),
  })
  .superRefine((of, context) => {
    for (const path of faultsOf(of)) context.addIssue({ code: 'custom', path: [...path] })
  })
/** As it comes, what is left out filled in. */
export type Question = z.infer<typeof question>
/** As it is asked. */
export type QuestionInput = z.input<typeof question>

type Faults = readonly (readonly (string | number)[])[]

function faultsOf({ measure, split: splits, filters, outcomes, kind, compare }: Question): Faults {
  const [first, second] = splits
  const own = 'fieldId' in measure ? measure.fieldId : null
  const byOwn = own !== null && splits.some((one) => one.by === 'answer' && one.fieldId === own)
  const narrowed = filters.map((one) => one.fieldId)
  const faults: (readonly (string | number)[])[] = []
  if (first && second && first.by === second.by) faults.push(['split', 1])
  if (new Set(narrowed).size < narrowed.length) faults.push(['filters'])
  if (measure.of === 'count' && measure.bucket !== null && (own === null || byOwn))
    faults.push(['measure', 'bucket'])
  if (measure.of === 'share' && (measure.bucket === null) !== byOwn) faults.push(['measure', 'bucket'])
  if (measure.of === 'fill' && byOwn) faults.push(['split'])
  if ((measure.of === 'share' || measure.of === 'fill') && own !== null && narrowed.includes(own))
    faults.push(['filters'])
  if (measure.of === 'outcome' && outcomes.length > 0) faults.push(['outcomes'])
  if (measure.of === 'entry') {
    if (splits.some(({ by }) => by !== 'month')) faults.push(['split'])
    if (filters.length + outcomes.length > 0 || kind !== null) faults.push(['filters'])
    if (compare?.with === 'territory') faults.push(['compare'])
  }
  return faults
}

/** Every question or concept that a question names, each once: the one measured first. */
export function fieldsNamed({
  measure,
  split: splits,
  filters,
}: Pick<Question, 'measure' | 'split' | 'filters'>): string[] {
  return [
    ...new Set([
      ...('fieldId' in measure && measure.fieldId !== null ? [measure.fieldId] : []),
      ...splits.flatMap((one) => (one.by === 'answer' ? [one.fieldId] : [])),
      ...filters.map((one) => one.fieldId),
    ]),
  ]
}

/** Which reports stand behind a figure, as `report.list` takes it. Days are YYYY-MM-DD, both included. */
export type Behind = {
  readonly territoryId: string
  /** As organised then: of this territory alone, as far as it lay in the other; null: all of them. */
  readonly below: string | null
  readonly basis: Basis
  readonly from: string
  readonly to: string
  readonly kind: ReportKind | null
  /** Empty: whatever their outcome. */
  readonly outcomes: readonly Outcome[]
  readonly answers: readonly Filter[]
  readonly counted: true
}
