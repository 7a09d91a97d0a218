import type { Basis } from './fold.ts'
import {
  GRAINS,
  type Grain,
  lastMonths,
  MONTHS_MAX,
  month,
  monthCount,
  monthOfDay,
  type Period,
} from './period.ts'

/** What is measured: reports that end in an order, or an answer to a field (null: not chosen yet). */
export type AskedMeasure =
  | { readonly of: 'orders' }
  | { readonly of: 'field'; readonly fieldId: string; readonly bucket: string | null }

export type Sort = { readonly key: string; readonly direction: 'ascending' | 'descending' }

/** A query as whoever reads it holds it: a browser's URLSearchParams fits. */
export type Query = { get(name: string): string | null }

/** All that a view depends on: it is in the address, so that it can be sent to a colleague and the back button works. */
export type View = {
  /** null: where the reader begins. */
  readonly territoryId: string | null
  readonly basis: Basis
  readonly period: Period
  readonly grain: Grain
  /** null: nothing chosen yet. */
  readonly measure: AskedMeasure | null
  readonly sort: Sort | null
}

const MONTHS_AT_FIRST = 3
/** "The last so many months", whenever it is read: in place of two months. What one keeps moves on with the days. */
const LAST = 'last'

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const KEY = /^[a-zA-Z]{1,20}$/

/** Reads a view; whatever does not fit falls back to what is shown at first. */
export function readView(params: Query, today: string): View {
  const territory = params.get('t')
  const grain = params.get('grain')
  return {
    territoryId: territory !== null && UUID.test(territory) ? territory : null,
    basis: params.get('basis') === 'then' ? 'then' : 'today',
    period: readPeriod(params, today),
    grain: GRAINS.find((known) => known === grain) ?? 'week',
    measure: readMeasure(params),
    sort: readSort(params.get('sort')),
  }
}

function readPeriod(params: Query, today: string): Period {
  const last = Number(params.get(LAST))
  if (Number.isInteger(last) && last >= 1 && last <= MONTHS_MAX) return lastMonths(monthOfDay(today), last)
  const asked = { from: params.get('from') ?? '', to: params.get('to') ?? '' }
  const fits =
    month.safeParse(asked.from).success &&
    month.safeParse(asked.to).success &&
    monthCount(asked) >= 1 &&
    monthCount(asked) <= MONTHS_MAX
  return fits ? asked : lastMonths(monthOfDay(today), MONTHS_AT_FIRST)
}

function readMeasure(params: Query): AskedMeasure | null {
  const asked = params.get('m')
  if (asked === 'orders') return { of: 'orders' }
  if (asked === null || !UUID.test(asked)) return null
  const bucket = params.get('b')
  return {
    of: 'field',
    fieldId: asked,
    bucket: bucket !== null && bucket.length <= 60 && bucket !== '' ? bucket : null,
  }
}

function readSort(asked: string | null): Sort | null {
  const key = asked?.replace(/^-/, '') ?? ''
  if (!asked || !KEY.test(key)) return null
  return { key, direction: asked.startsWith('-') ? 'descending' : 'ascending' }
}

/** Days are offered where they can still be told apart. */
export const grainsOf = (period: Period): readonly Grain[] =>
  monthCount(period) <= 6 ? GRAINS : GRAINS.filter((grain) => grain !== 'day')

/** What the overview of a territory asks. */
export const overviewAt = ({ basis, period, grain }: View, territoryId: string) => ({
  territoryId,
  basis,
  period,
  grain: grainsOf(period).includes(grain) ? grain : ('week' as const),
})

/** What the territories just below are asked with. */
export const byTerritoryAt = ({ basis, period }: View, territoryId: string) => ({
  territoryId,
  basis,
  period,
})

/** Names and values of a view's query, in order; where, when and by which tree are always written. */
export function viewEntries({
  territoryId,
  basis,
  period,
  grain,
  measure,
  sort,
}: View): (readonly [string, string])[] {
  const bucket = measure?.of === 'field' ? measure.bucket : null
  const entries: readonly (readonly [string, string | null])[] = [
    ['t', territoryId],
    ['basis', basis],
    ['from', period.from],
    ['to', period.to],
    ['grain', grain === 'week' ? null : grain],
    ['m', measure && (measure.of === 'orders' ? 'orders' : measure.fieldId)],
    ['b', bucket],
    ['sort', sort && `${sort.direction === 'descending' ? '-' : ''}${sort.key}`],
  ]
  return entries.filter((entry): entry is readonly [string, string] => entry[1] !== null)
}

/** The same where a period that ends with the present month is written as the last so many: it moves on with the days. */
export function movingEntries(view: View, today: string): (readonly [string, string])[] {
  if (view.period.to !== monthOfDay(today)) return viewEntries(view)
  return [
    ...viewEntries(view).filter(([name]) => name !== 'from' && name !== 'to'),
    [LAST, String(monthCount(view.period))],
  ]
}
