import type { ByTerritory } from '@fieldback/api/analytics/by-territory'
import type { ByTerritoryOfBucket } from '@fieldback/api/analytics/by-territory-of-bucket'
import type { Distribution } from '@fieldback/api/analytics/distribution'
import type { Overview } from '@fieldback/api/analytics/overview'
import type { Trend } from '@fieldback/api/analytics/trend'
import type { Hidden } from '@fieldback/domain/analytics/findings'
import type { Cell } from '@fieldback/domain/export/csv'
import type { Rate } from '@fieldback/domain/insight/wilson'
import type { Formats } from '@fieldback/i18n/format'
import type { AnalyticsText } from './use-figures.ts'
import { bucketText, fieldText } from './words.ts'

export const EXPORTS = ['overview', 'byTerritory', 'distribution', 'byTerritoryOfBucket', 'trend'] as const
export type Export = (typeof EXPORTS)[number]

export type Row = readonly Cell[]

/** Four decimals: more would claim what the cases do not carry. */
const ratio = (value: number | null | undefined): Cell =>
  value === null || value === undefined ? null : Math.round(value * 10_000) / 10_000

const rateCells = (rate: Rate | null): Cell[] => [ratio(rate?.share), ratio(rate?.low), ratio(rate?.high)]

const hiddenText = (hidden: Hidden | null, text: AnalyticsText): Cell =>
  hidden &&
  text(hidden.reason === 'people' ? 'export.hiddenPeople' : 'export.hiddenCases', {
    have: hidden.have,
    need: hidden.need,
  })

const rateHeads = (text: AnalyticsText): string[] => [
  text('export.share'),
  text('export.low'),
  text('export.high'),
]

/** Reports by step of time. */
export function overviewRows({ series }: Overview, text: AnalyticsText): Row[] {
  return [
    [
      text('export.day'),
      text('stats.reports'),
      text('kind.visit'),
      text('kind.call'),
      text('outcome.order'),
      text('outcome.quote'),
      text('outcome.revisit'),
      text('outcome.none'),
    ],
    ...series.map((row) => [
      row.at,
      row.reports,
      row.visit,
      row.call,
      row.order,
      row.quote,
      row.revisit,
      row.none,
    ]),
  ]
}

/** Reports and orders by territory: what is hidden is empty, and says why. */
export function byTerritoryRows({ rows }: ByTerritory, text: AnalyticsText): Row[] {
  return [
    [
      text('table.territory'),
      text('export.code'),
      text('stats.reports'),
      text('export.before'),
      text('stats.visits'),
      text('stats.orders'),
      ...rateHeads(text),
      text('stats.people'),
      text('export.hidden'),
    ],
    ...rows.map(({ place, n, reportsBefore, visits, k, rate, people, hidden }) => [
      place.name,
      place.code,
      n,
      reportsBefore,
      visits,
      k,
      ...rateCells(rate),
      people,
      hiddenText(hidden, text),
    ]),
  ]
}

/** One answer by territory. */
export function byTerritoryOfBucketRows(
  { rows, field, label }: ByTerritoryOfBucket,
  text: AnalyticsText,
  formats: Formats,
): Row[] {
  return [
    [
      text('table.territory'),
      text('export.code'),
      text('table.answers'),
      `${fieldText(field, formats.locale)} : ${bucketText(label, text, formats)}`,
      ...rateHeads(text),
      text('stats.people'),
      text('export.hidden'),
    ],
    ...rows.map(({ place, n, k, rate, people, hidden }) => [
      place.name,
      place.code,
      n,
      k,
      ...rateCells(rate),
      people,
      hiddenText(hidden, text),
    ]),
  ]
}

/** The answers to one field. */
export function distributionRows(
  { field, buckets, reference }: Distribution,
  text: AnalyticsText,
  formats: Formats,
): Row[] {
  const flow = field.entity === 'report'
  return [
    [
      fieldText(field, formats.locale),
      text('table.cases'),
      ...rateHeads(text),
      ...(reference ? [reference.place.name] : []),
      ...(flow ? [text('export.won'), text('export.wonShare')] : []),
    ],
    ...buckets.map(({ label, n, share, above, won, wonRate }) => [
      bucketText(label, text, formats),
      n,
      ...rateCells(share),
      ...(reference ? [ratio(above)] : []),
      ...(flow ? [won, ratio(wonRate?.share)] : []),
    ]),
  ]
}

/** A rate by month, with the territory above. */
export function trendRows({ months, here, reference }: Trend, text: AnalyticsText): Row[] {
  return [
    [
      text('export.month'),
      text('table.cases'),
      text('table.answers'),
      ...rateHeads(text),
      ...(reference ? [reference.place.name] : []),
    ],
    ...months.map((month, at) => {
      const rate = here[at] ?? null
      return [
        month,
        rate?.k ?? null,
        rate?.n ?? null,
        ...rateCells(rate),
        ...(reference ? [ratio(reference.rates[at]?.share)] : []),
      ]
    }),
  ]
}
