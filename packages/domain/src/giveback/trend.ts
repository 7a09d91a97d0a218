import { addDays, type Day, daysBetween } from '../agenda/day.ts'
import { bucketsOf, UNKNOWN } from '../analytics/bucket.ts'
import { CASES_MIN } from '../analytics/group-size.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { compareRates, type RateVerdict } from '../insight/compare-rates.ts'
import type { Rate } from '../insight/wilson.ts'
import { fitsType } from './fits-type.ts'
import type { LocalRows } from './local-rows.ts'
import { madeOnce } from './made-once.ts'
import { indexOf, versionsHere } from './rows-index.ts'

/**
 * A year in steps of thirty days that end today: a month that has just begun would say nothing for a week, and the last 60
 * days are two whole steps, which is what a publication is judged on.
 */
export const TREND_STEPS = 12
export const STEP_DAYS = 30

/** One step: `k` of the `n` answers given in it are the one that is followed. */
export type TrendPoint = { readonly from: Day; readonly k: number; readonly n: number }

export type Trend = {
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
} & (
  | {
      readonly verdict: RateVerdict
      readonly bucket: string
      /** The last thirty days, and all that was before. */
      readonly last: Rate
      readonly before: Rate
    }
  /** One side or the other lacks `need - have` answers. */
  | {
      readonly verdict: 'too_few'
      readonly bucket: string | null
      readonly have: number
      readonly need: number
    }
)

export type TrendInput = {
  readonly field: EffectiveField
  /** The answer to follow; null: the most frequent one. */
  readonly answer: AnswerValue
  readonly rows: LocalRows
  readonly today: Day
}

/**
 * How often one answer was given over a year of reports, the last thirty days set beside those before. Clear only when the
 * two intervals do not touch; "I do not know" is left out. null: what this question asks has no trend.
 */
export function trendOf({ field, answer, rows, today }: TrendInput): Trend | null {
  if (field.entity !== 'report' || !fitsType('trend', field.spec.type)) return null
  const steps = stepsOf({ field, rows, today })
  const bucket = followed(field, answer, steps)
  const points = steps.map(({ from, n, buckets }) => ({ from, n, k: buckets.get(bucket ?? '') ?? 0 }))
  const sum = (list: readonly TrendPoint[]) =>
    list.reduce((all, { k, n }) => ({ k: all.k + k, n: all.n + n }), { k: 0, n: 0 })
  const [last, before] = [sum(points.slice(-1)), sum(points.slice(0, -1))]
  const have = Math.min(last.n, before.n)
  if (bucket === null || have < CASES_MIN)
    return { verdict: 'too_few', bucket, have, need: CASES_MIN, points }
  const { verdict, here, there } = compareRates(last, before)
  return { verdict, bucket, last: here, before: there, points }
}

type Step = { readonly from: Day; n: number; readonly buckets: Map<string, number> }

const once = madeOnce<readonly Step[]>()

const stepsOf = ({ field, rows, today }: Omit<TrendInput, 'answer'>): readonly Step[] =>
  once(rows, field, today, () =>
    rows.parts
      ? sumOf(rows.parts.map((part) => stepsOf({ field, rows: part, today })))
      : countSteps({ field, rows, today }),
  )

function sumOf(parts: readonly (readonly Step[])[]): Step[] {
  const [first = [], ...others] = parts
  return first.map((step, at) => {
    const sum: Step = { ...step, buckets: new Map(step.buckets) }
    for (const other of others) {
      sum.n += other[at]?.n ?? 0
      for (const [bucket, n] of other[at]?.buckets ?? [])
        sum.buckets.set(bucket, (sum.buckets.get(bucket) ?? 0) + n)
    }
    return sum
  })
}

function countSteps({ field, rows, today }: Omit<TrendInput, 'answer'>): Step[] {
  const since = addDays(today, -TREND_STEPS * STEP_DAYS)
  const versionOf = versionsHere(field, rows)
  const steps = Array.from(
    { length: TREND_STEPS },
    (_, at): Step => ({ from: addDays(since, 1 + at * STEP_DAYS), n: 0, buckets: new Map() }),
  )
  for (const { day, values } of indexOf(rows).reportsOf(field.owner.id, since, today)) {
    const answer = values[field.id]
    const step = steps[TREND_STEPS - 1 - Math.floor(daysBetween(day, today) / STEP_DAYS)]
    if (!answer || !step) continue
    const given = bucketsOf((versionOf(field.id, answer.v) ?? field).spec, answer.x).filter(
      ({ bucket }) => bucket !== UNKNOWN,
    )
    if (given.length > 0) step.n += 1
    for (const { bucket } of given) step.buckets.set(bucket, (step.buckets.get(bucket) ?? 0) + 1)
  }
  return steps
}

/** Of the buckets of an answer, or of all, the one given most often over the year; of two alike, always the same. */
function followed(field: EffectiveField, answer: AnswerValue, steps: readonly Step[]): string | null {
  const given = new Map<string, number>()
  for (const { buckets } of steps)
    for (const [bucket, n] of buckets) given.set(bucket, (given.get(bucket) ?? 0) + n)
  const said = answer === null ? [] : bucketsOf(field.spec, answer).map(({ bucket }) => bucket)
  const among = said.filter((bucket) => bucket !== UNKNOWN)
  const from = among.length > 0 ? among : [...given.keys()]
  return from.toSorted((a, b) => (given.get(b) ?? 0) - (given.get(a) ?? 0) || (a < b ? -1 : 1)).at(0) ?? null
}
