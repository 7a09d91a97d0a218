import { addDays, type Day, daysBetween, monthStart } from '../agenda/day.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { MonthlyAnswers, ReturnPack } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import { placesAbove } from './comparison.ts'
import { STEP_DAYS, TREND_STEPS } from './trend.ts'

/** A month of the place above: `at` is where its middle lies among the steps of a trend, the first step's being 0. */
export type AbovePoint = {
  readonly at: number
  /** Null where the month is not told. */
  readonly share: number | null
}

/** A year of one answer in the place above, months that are told alone: `k` of the `n` answers of those drawn. */
export type TrendAbove = {
  readonly place: string
  /** Instant of the pack's figures. */
  readonly asOf: string
  readonly k: number
  readonly n: number
  /** Oldest first, a month each. */
  readonly points: readonly AbovePoint[]
}

export type TrendAboveInput = {
  readonly field: EffectiveField
  readonly bucket: string
  /** Root to the place that the trend is about. */
  readonly path: readonly PathNode[]
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly pack: ReturnPack
  readonly today: Day
}

/** Two months make a line. */
const MONTHS_MIN = 2

/**
 * What the return pack holds to be drawn beside a trend: the nearest place above with two months told, the region first.
 * null: none, nobody above is asked, or the pack is of a server of an earlier version.
 */
export function trendAbove(input: TrendAboveInput): TrendAbove | null {
  const { field, pack } = input
  for (const place of placesAbove(input)) {
    const held = pack.monthly?.find((one) => one.fieldId === field.id && one.territoryId === place.id)
    // Answers that are seldom given up there are not told, which is not never.
    const isTold = held?.months.some(({ buckets }) => buckets[input.bucket])
    const drawn = held && isTold ? drawnMonths(held, input) : []
    const told = drawn.flatMap(({ cell }) => cell ?? [])
    if (told.length < MONTHS_MIN) continue
    return {
      place: place.name,
      asOf: pack.asOf,
      k: told.reduce((sum, { k }) => sum + k, 0),
      n: told.reduce((sum, { n }) => sum + n, 0),
      points: drawn.map(({ at, cell }) => ({ at, share: cell && cell.k / cell.n })),
    }
  }
  return null
}

type Drawn = { readonly at: number; readonly cell: { readonly k: number; readonly n: number } | null }

/** The months whose middles lie on the picture; the last one is in the middle of what the pack knows of it. */
function drawnMonths({ months }: MonthlyAnswers, { bucket, pack, today }: TrendAboveInput): Drawn[] {
  const known = new Map(months.map((month) => [month.month, month]))
  const first = addDays(today, 1 - TREND_STEPS * STEP_DAYS)
  const drawn: Drawn[] = []
  for (let end = pack.asOf.slice(0, 10); end > first; end = addDays(monthStart(end), -1)) {
    const middle = (daysBetween(first, monthStart(end)) + daysBetween(first, end)) / 2
    const at = (middle - (STEP_DAYS - 1) / 2) / STEP_DAYS
    const cell = known.get(end.slice(0, 7))
    if (at >= 0 && at <= TREND_STEPS - 1)
      drawn.unshift({ at, cell: cell ? { k: cell.buckets[bucket] ?? 0, n: cell.n } : null })
  }
  return drawn
}
