'use client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import { type Bounds, FORECAST_POINTS_MIN, forecast } from '@fieldback/domain/analytics/forecast'
import { addMonths, lastDay, type Month, monthOfDay } from '@fieldback/domain/analytics/period'
import type { Question } from '@fieldback/domain/analytics/question'
import { trendPeriod } from '@fieldback/domain/analytics/question-of-view'
import {
  intervalText,
  isPercent,
  shortValue,
  type Unit,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { DataTable } from '@fieldback/ui/data-table'
import { TrendLine } from '@fieldback/ui/trend-line'
import { useQuery } from '@tanstack/react-query'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { Behind, casesBehind } from './behind-link.tsx'
import { ChartHead } from './chart-head.tsx'
import { useSubject } from './subject.tsx'
import type { Answering } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { Awaited } from './waiting.tsx'
import { monthTicks, shortName } from './words.ts'

/** The figure by month, the territory above beside it, what may come next, and where the organisation changed. */
export function MonthsSection({ query }: { query: Answering }) {
  const text = useText()
  const { subject } = useSubject()
  return (
    <section aria-labelledby="trend" data-chart="months">
      <ChartHead id="trend" files="months">
        {text('trend.title', { count: query.data ? monthsIn(query.data).length : 12 })}
      </ChartHead>
      <Awaited query={query}>
        {(findings) =>
          query.asked && (
            <Months findings={findings} asked={query.asked} unit={unitOf(subject.measure, findings)} />
          )
        }
      </Awaited>
    </section>
  )
}

const monthsIn = ({ axes }: Findings): readonly Month[] =>
  axes.flatMap((axis) => (axis.by === 'month' ? axis.months : []))

type Values = readonly (number | null)[]
type Series = {
  readonly months: readonly Month[]
  readonly here: Values
  readonly there: Values | null
  readonly cut: boolean
}

/** A month under way would look like a fall where things are counted or added up. */
function seriesOf(findings: Findings, unit: Unit): Series {
  const adds = unit.of === 'count' || unit.of === 'sum'
  const all = monthsIn(findings)
  const months = all.filter((month) => !adds || lastDay(month) <= findings.days.to)
  const byMonth = new Map(findings.rows.map((row) => [row.at[0], row]))
  const there = months.map((month) => byMonth.get(month)?.before?.value ?? null)
  return {
    months,
    here: months.map((month) => byMonth.get(month)?.now.value ?? (adds ? 0 : null)),
    there: findings.comparedPlace && there.some((value) => value !== null) ? there : null,
    cut: months.length < all.length,
  }
}

const boundsOf = (unit: Unit): Bounds => ({
  least: unit.of === 'mean' || unit.of === 'median' || unit.of === 'sum' ? Number.NEGATIVE_INFINITY : 0,
  most: isPercent(unit) ? 1 : Number.POSITIVE_INFINITY,
})

type MonthsProps = { findings: Findings; asked: Question; unit: Unit }

function Months({ findings, asked, unit }: MonthsProps) {
  const text = useText()
  const formats = useFormats()
  const { day } = useMember()
  const { months, here, there, cut } = seriesOf(findings, unit)
  const { place, comparedPlace } = findings
  const known = [...here, ...(there ?? [])].filter((value) => value !== null)
  const current = (months.at(-1) ?? '') >= addMonths(monthOfDay(day), -1)
  const ahead = forecast(here, boundsOf(unit))
  const next = current && ahead.steps ? ahead.steps : []
  const shown = [...months, ...next.map((_, at) => addMonths(months.at(-1) ?? '', at + 1))]
  const marks = useMarks(months)
  if (known.length < 2) return <p className="text-ink-2 text-small">{text('trend.few')}</p>
  // Beside a forecast, it is said of which month the figure is.
  const last = next.length > 0 ? formats.month(months.at(-1) ?? '', 'short').replace(/\s*\d{4}$/, '') : ''
  const end = (values: Values, label: string) =>
    text(last === '' ? 'trend.endOf' : 'trend.endIn', {
      month: last,
      value: valueText(values.findLast((value) => value !== null) ?? 0, unit, formats),
      place: shortName(label),
    })
  const least = Math.min(...known, ...next.map(({ low }) => low))
  return (
    <>
      <TrendLine
        title={text('trend.pictureOf', { place: place.name })}
        desc={text('trend.descOf', {
          first: valueText(known[0] ?? 0, unit, formats),
          low: valueText(Math.min(...known), unit, formats),
          high: valueText(Math.max(...known), unit, formats),
        })}
        series={[
          { values: here, endLabel: end(here, place.name), rank: place.rank },
          ...(there && comparedPlace
            ? [{ values: there, endLabel: end(there, comparedPlace.name), rank: comparedPlace.rank }]
            : []),
        ]}
        forecast={next}
        markers={marks}
        xLabels={monthTicks(shown, formats)}
        format={(value) => shortValue(value, unit, formats)}
        from={isPercent(unit) ? Math.max(0, Math.floor(least * 10) / 10 - 0.1) : undefined}
        height={240}
      />
      <Notes>
        {next.length > 0 && text('trend.forecast', { count: next.length })}
        {current && !ahead.steps && text(`trend.forecastNot.${ahead.why}`, { need: FORECAST_POINTS_MIN })}
        {marks.length > 0 && text('trend.changes', { count: marks.length })}
        {cut && text('trend.cut')}
        {findings.alone !== null &&
          text('trend.alone', {
            place: place.name,
            have: findings.alone.have,
            need: findings.alone.need,
          })}
        {here.includes(null) && text('trend.gapsOf')}
      </Notes>
      <MonthsTable findings={findings} asked={asked} unit={unit} />
    </>
  )
}

/** Months in which territories of the branch changed place; the last bears a name. */
function useMarks(months: readonly Month[]) {
  const text = useText()
  const formats = useFormats()
  const trpc = useTRPC()
  const { territoryId, view } = useSubject()
  const changes = useQuery(
    trpc.analytics.changes.queryOptions({ territoryId, period: trendPeriod(view.period) }),
  )
  const marks = (changes.data ?? []).flatMap(({ month }) => {
    const at = months.indexOf(month)
    return at < 0 ? [] : [{ at, month }]
  })
  return marks.map(({ at, month }, index) => ({
    at,
    label:
      index === marks.length - 1 ? text('trend.change', { month: formats.month(month, 'short') }) : undefined,
  }))
}

/** What is to be known of a chart, a sentence a line; false ones are left out. */
export function Notes({ children }: { children: readonly (string | false)[] }) {
  const said = children.filter((note) => note !== false)
  if (said.length === 0) return null
  return (
    <div className="mt-2 grid gap-0.5 text-caption text-ink-2">
      {said.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}

function MonthsTable({ findings, asked, unit }: MonthsProps) {
  const text = useText()
  const formats = useFormats()
  const { rows, comparedPlace } = findings
  const value = (of: number | null | undefined) => (of == null ? '–' : valueText(of, unit, formats))
  return (
    <details data-off-picture>
      <summary className="flex min-h-11 w-fit cursor-pointer items-center font-medium text-accent-ink text-small hover:underline hover:underline-offset-4 desk:min-h-8">
        {text('overview.asTable')}
      </summary>
      <DataTable
        caption={text('trend.table')}
        rowKey={(row) => row.at.join()}
        rows={rows.toReversed()}
        columns={[
          { key: 'month', head: text('export.month'), cell: ({ at }) => formats.month(at[0] ?? '') },
          {
            key: 'value',
            head: text('table.value'),
            figure: true,
            cell: ({ now }) => (now.hidden ? text('table.hidden') : value(now.value)),
          },
          {
            key: 'interval',
            head: text('table.interval'),
            figure: true,
            cell: ({ now }) => intervalText(now, { unit, text, formats }) ?? '',
          },
          { key: 'n', head: text('table.cases'), figure: true, cell: ({ now }) => formats.number(now.n) },
          ...(comparedPlace
            ? [
                {
                  key: 'above',
                  head: shortName(comparedPlace.name),
                  figure: true,
                  cell: ({ before }: Findings['rows'][number]) => value(before?.value),
                },
              ]
            : []),
          {
            key: 'behind',
            head: <span className="sr-only">{text('behindHead')}</span>,
            figure: true,
            cell: ({ at, now }) => (
              <Behind asked={asked} findings={findings} at={at} n={casesBehind(now, asked)} />
            ),
          },
        ]}
      />
    </details>
  )
}
