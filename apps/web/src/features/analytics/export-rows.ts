import type { ByTerritory } from '@fieldback/api/analytics/by-territory'
import type { Overview } from '@fieldback/api/analytics/overview'
import type { Axis, FindingRow, Findings, Hidden } from '@fieldback/domain/analytics/findings'
import type { Cell } from '@fieldback/domain/export/csv'
import type { Rate } from '@fieldback/domain/insight/wilson'
import { bucketText, periodText, type Subject, subjectText } from '@fieldback/i18n/figure-words'
import type { Formats } from '@fieldback/i18n/format'
import type { AnalyticsText } from './use-figures.ts'

export const EXPORTS = ['overview', 'byTerritory', 'places', 'months', 'answers', 'cross'] as const
export type Export = (typeof EXPORTS)[number]

export type Row = readonly Cell[]

/** Four decimals: more would claim what the cases do not carry. */
const rounded = (value: number | null | undefined): Cell =>
  value === null || value === undefined ? null : Math.round(value * 10_000) / 10_000

const rateCells = (rate: Rate | null): Cell[] => [
  rounded(rate?.share),
  rounded(rate?.low),
  rounded(rate?.high),
]

const hiddenText = (hidden: Hidden | null, text: AnalyticsText): Cell =>
  hidden && text(HIDDEN_WORDS[hidden.reason], { have: hidden.have, need: hidden.need })

const HIDDEN_WORDS = {
  people: 'export.hiddenPeople',
  beside: 'export.hiddenBeside',
  cases: 'export.hiddenCases',
} as const

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
      text('export.share'),
      text('export.low'),
      text('export.high'),
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

type Words = { readonly text: AnalyticsText; readonly formats: Formats }

/** An answer of the explorer, whatever its axes; below it, what is to be known of its figures, as the screen says it. */
export function findingRows(findings: Findings, subject: Subject, words: Words): Row[] {
  const { text } = words
  const { axes, method, rows } = findings
  const compared = rows.some(({ before }) => before !== null)
  const heads = [
    ...axes.flatMap((axis) => headsOf(axis, text)),
    text(`table.of.${subject.measure.of}`),
    ...(method === null ? [] : [text('export.low'), text('export.high')]),
    text('export.counted'),
    text('export.cases'),
    text('stats.people'),
    ...(compared ? [text('export.beforeValue')] : []),
    text('export.hidden'),
  ]
  const line = ({ at, now, before }: FindingRow): Row => [
    ...axes.flatMap((axis, place) => cellsOf(axis, at[place] ?? '', words)),
    rounded(now.value),
    ...(method === null ? [] : [rounded(now.low), rounded(now.high)]),
    rounded(now.k),
    now.hidden ? null : now.n,
    now.people,
    ...(compared ? [rounded(before?.value)] : []),
    hiddenText(now.hidden, text),
  ]
  return [heads, ...rows.map(line), ...notesOf(findings, subject, words)]
}

const headsOf = (axis: Axis, text: AnalyticsText): string[] =>
  axis.by === 'territory'
    ? [text('table.territory'), text('export.code')]
    : [text(axis.by === 'answer' ? 'export.answer' : 'export.month')]

function cellsOf(axis: Axis, at: string, { text, formats }: Words): Cell[] {
  if (axis.by === 'month') return [at]
  if (axis.by === 'territory') {
    const place = axis.places.find(({ id }) => id === at)
    return [place?.name ?? null, place?.code ?? null]
  }
  const answer = axis.answers.find(({ bucket }) => bucket === at)
  return [answer ? bucketText(answer.label, text, formats) : at]
}

/** A file that leaves the screen says by itself what it is, and what it lacks. */
function notesOf(findings: Findings, subject: Subject, { text, formats }: Words): Row[] {
  const { counting, source, cut, days, place, part, direct } = findings
  const period = { from: days.from.slice(0, 7), to: days.to.slice(0, 7) }
  const notes = [
    text('export.about', {
      subject: subjectText(subject, text, formats),
      place: place.name,
      period: periodText(period, text, formats),
    }),
    counting &&
      text('export.partial', { done: formats.number(counting.done), of: formats.number(counting.of) }),
    source.from === 'rows' && source.every > 1 && text('export.sampled', { every: source.every }),
    part.length > 0 &&
      text('territories.partOf', {
        count: direct ?? 0,
        places: part.length,
        list: formats.list(part.map(({ name }) => name)),
      }),
    ...cut.map(({ what, shown, of }) =>
      text(what === 'territories' ? 'export.cutPlaces' : 'export.cutAnswers', {
        shown: formats.number(shown),
        of: formats.number(of),
      }),
    ),
  ]
  return [[], ...notes.flatMap((note) => (note ? [[note]] : []))]
}
