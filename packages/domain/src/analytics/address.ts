import { OUTCOMES, type Outcome, REPORT_KINDS, type ReportKind } from '../report/report.ts'
import { isRank, type Rank } from '../territory/rank.ts'
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
import {
  bucketName,
  type Comparison,
  FILTER_BUCKETS_MAX,
  FILTERS_MAX,
  type Filter,
  type Measured,
  measured,
} from './question.ts'

export type Sort = { readonly key: string; readonly direction: 'ascending' | 'descending' }

/** A query as whoever reads it holds it: a browser's URLSearchParams fits. */
export type Query = { get(name: string): string | null }

/** A measure as one asks for it; of a share, `bucket` null stands for the answer that is offered first. */
export type AskedMeasure = Measured

/** All that a view depends on: it is in the address, so that it can be sent to a colleague and the back button works. */
export type View = {
  /** null: where the reader begins. */
  readonly territoryId: string | null
  readonly basis: Basis
  readonly period: Period
  readonly grain: Grain
  /** null: nothing chosen yet. */
  readonly measure: AskedMeasure | null
  /** Territories of this level; null: those just below. */
  readonly level: Rank | null
  /** What territories are crossed with in the heat table: months, or the answers to a question. */
  readonly cross: 'month' | { readonly fieldId: string } | null
  readonly filters: readonly Filter[]
  readonly outcomes: readonly Outcome[]
  readonly kind: ReportKind | null
  readonly compare: Comparison | null
  readonly sort: Sort | null
}

const MONTHS_AT_FIRST = 3
/** "The last so many months", whenever it is read: in place of two months. What one keeps moves on with the days. */
const LAST = 'last'
export const PREVIOUS: Comparison = { with: 'previous' }
export const ORDERS: AskedMeasure = { of: 'outcome', outcome: 'order' }
export const REPORTS: AskedMeasure = { of: 'count', fieldId: null, bucket: null }

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const KEY = /^[a-zA-Z]{1,20}$/

/** Reads a view; whatever does not fit falls back to what is shown at first. */
export function readView(params: Query, today: string): View {
  const grain = params.get('grain')
  const level = Number(params.get('level') ?? Number.NaN)
  const outcomes = params.get('o')?.split(',') ?? []
  return {
    territoryId: idOf(params.get('t')),
    basis: params.get('basis') === 'then' ? 'then' : 'today',
    period: readPeriod(params, today),
    grain: GRAINS.find((known) => known === grain) ?? 'week',
    measure: readMeasure(params.get('m'), params.get('b')),
    level: isRank(level) ? level : null,
    cross: readCross(params.get('x')),
    filters: readFilters(params.get('f')),
    outcomes: OUTCOMES.filter((outcome) => outcomes.includes(outcome)),
    kind: REPORT_KINDS.find((kind) => kind === params.get('kind')) ?? null,
    compare: readComparison(params.get('c')),
    sort: readSort(params.get('sort')),
  }
}

const idOf = (text: string | null): string | null => (text !== null && UUID.test(text) ? text : null)

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

/** "count", "outcome.order", "share.ID" with its answer beside; "orders" and a bare id are how addresses once said it. */
function readMeasure(asked: string | null, answer: string | null): AskedMeasure | null {
  if (asked === null) return null
  if (asked === 'orders') return ORDERS
  const bucket = bucketName.safeParse(answer).data ?? null
  const [of, about] = UUID.test(asked) ? ['share', asked] : asked.split('.')
  const told =
    of === 'outcome' ? { of, outcome: about } : { of, fieldId: idOf(about ?? null) ?? undefined, bucket }
  return measured.safeParse(told).data ?? null
}

function readCross(asked: string | null): View['cross'] {
  if (asked === 'month') return 'month'
  const fieldId = idOf(asked)
  return fieldId === null ? null : { fieldId }
}

/** "ID,answer,answer;ID,answer", each answer written as in an address. */
function readFilters(asked: string | null): Filter[] {
  const filters = (asked ?? '').split(';').flatMap((one): Filter[] => {
    const [id = '', ...written] = one.split(',')
    const buckets = [...new Set(written.map(decoded))].filter(
      (bucket) => bucketName.safeParse(bucket).success,
    )
    return UUID.test(id) && buckets.length > 0
      ? [{ fieldId: id, buckets: buckets.slice(0, FILTER_BUCKETS_MAX) }]
      : []
  })
  return filters
    .filter(({ fieldId }, at) => filters.findIndex((one) => one.fieldId === fieldId) === at)
    .slice(0, FILTERS_MAX)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function readComparison(asked: string | null): Comparison | null {
  if (asked === 'none') return null
  if (asked === 'year') return { with: 'year' }
  const territoryId = idOf(asked)
  return territoryId === null ? PREVIOUS : { with: 'territory', territoryId }
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
export function viewEntries(view: View): (readonly [string, string])[] {
  const { territoryId, basis, period, grain, measure, level, cross, outcomes, kind, sort } = view
  const entries: readonly (readonly [string, string | null])[] = [
    ['t', territoryId],
    ['basis', basis],
    ['from', period.from],
    ['to', period.to],
    ['grain', grain === 'week' ? null : grain],
    ['m', measure && measureText(measure)],
    ['b', measure && 'bucket' in measure ? measure.bucket : null],
    ['level', level === null ? null : String(level)],
    ['x', cross === null || cross === 'month' ? cross : cross.fieldId],
    ['f', filtersText(view.filters)],
    ['o', outcomes.length > 0 ? outcomes.join(',') : null],
    ['kind', kind],
    ['c', comparisonText(view.compare)],
    ['sort', sort && `${sort.direction === 'descending' ? '-' : ''}${sort.key}`],
  ]
  return entries.filter((entry): entry is readonly [string, string] => entry[1] !== null)
}

function measureText(measure: AskedMeasure): string {
  if (measure.of === 'outcome') return `outcome.${measure.outcome}`
  return measure.fieldId === null ? measure.of : `${measure.of}.${measure.fieldId}`
}

const filtersText = (filters: readonly Filter[]): string | null =>
  filters.length === 0
    ? null
    : filters.map(({ fieldId, buckets }) => [fieldId, ...buckets.map(encodeURIComponent)].join(',')).join(';')

function comparisonText(compare: Comparison | null): string | null {
  if (compare === null) return 'none'
  if (compare.with === 'previous') return null
  return compare.with === 'year' ? 'year' : compare.territoryId
}

/** The same where a period that ends with the present month is written as the last so many: it moves on with the days. */
export function movingEntries(view: View, today: string): (readonly [string, string])[] {
  if (view.period.to !== monthOfDay(today)) return viewEntries(view)
  return [
    ...viewEntries(view).filter(([name]) => name !== 'from' && name !== 'to'),
    [LAST, String(monthCount(view.period))],
  ]
}
