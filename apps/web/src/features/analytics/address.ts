import type { Basis } from '@fieldback/domain/analytics/fold'
import {
  GRAINS,
  type Grain,
  lastMonths,
  MONTHS_MAX,
  month,
  monthCount,
  monthOfDay,
  type Period,
} from '@fieldback/domain/analytics/period'

/** What is measured: reports that end in an order, or an answer to a field (null: not chosen yet). */
export type AskedMeasure =
  | { readonly of: 'orders' }
  | { readonly of: 'field'; readonly fieldId: string; readonly bucket: string | null }

export type Sort = { readonly key: string; readonly direction: 'ascending' | 'descending' }

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

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const KEY = /^[a-zA-Z]{1,20}$/

/** Reads a view; whatever does not fit falls back to what is shown at first. */
export function readView(params: URLSearchParams, today: string): View {
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

function readPeriod(params: URLSearchParams, today: string): Period {
  const asked = { from: params.get('from') ?? '', to: params.get('to') ?? '' }
  const fits =
    month.safeParse(asked.from).success &&
    month.safeParse(asked.to).success &&
    monthCount(asked) >= 1 &&
    monthCount(asked) <= MONTHS_MAX
  return fits ? asked : lastMonths(monthOfDay(today), MONTHS_AT_FIRST)
}

function readMeasure(params: URLSearchParams): AskedMeasure | null {
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

/** The query of a view, without "?"; where, when and by which tree are always written. */
export function writeView({ territoryId, basis, period, grain, measure, sort }: View): string {
  const params = new URLSearchParams()
  if (territoryId !== null) params.set('t', territoryId)
  params.set('basis', basis)
  params.set('from', period.from)
  params.set('to', period.to)
  if (grain !== 'week') params.set('grain', grain)
  if (measure?.of === 'orders') params.set('m', 'orders')
  if (measure?.of === 'field') {
    params.set('m', measure.fieldId)
    if (measure.bucket !== null) params.set('b', measure.bucket)
  }
  if (sort) params.set('sort', `${sort.direction === 'descending' ? '-' : ''}${sort.key}`)
  return params.toString()
}
