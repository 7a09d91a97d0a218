'use client'
import type { Trend } from '@fieldback/api/analytics/trend'
import type { AskedMeasure } from '@fieldback/domain/analytics/address'
import { SectionHead } from '@fieldback/ui/section-head'
import { TrendLine } from '@fieldback/ui/trend-line'
import { ExportLink } from './export-link.tsx'
import { useFormats, useText } from './use-figures.ts'
import { type Asked, Awaited } from './waiting.tsx'
import { monthTicks, shortName } from './words.ts'

type Props = {
  query: Asked<Trend>
  territoryId: string
  name: string
  rank: 0 | 1 | 2 | 3
  measure: AskedMeasure
}

/** The rate by month, with the territory above; a month with too few cases breaks the line. */
export function TrendSection({ query, territoryId, name, rank, measure }: Props) {
  const text = useText()
  return (
    <section aria-labelledby="trend">
      <SectionHead id="trend" aside={<ExportLink of="trend" territoryId={territoryId} measure={measure} />}>
        {text('trend.title', { count: query.data?.months.length ?? 12 })}
      </SectionHead>
      <Awaited query={query}>{(trend) => <Lines trend={trend} name={name} rank={rank} />}</Awaited>
    </section>
  )
}

type Values = readonly (number | null)[]

function Lines({ trend, name, rank }: { trend: Trend; name: string; rank: Props['rank'] }) {
  const text = useText()
  const formats = useFormats()
  const percents = (rates: Trend['here']): Values => rates.map((rate) => rate && rate.share * 100)
  const here = percents(trend.here)
  const above = trend.reference && percents(trend.reference.rates)
  const known = [...here, ...(above ?? [])].filter((value) => value !== null)
  if (known.length < 2) return <p className="text-ink-2 text-small">{text('trend.few')}</p>
  const end = (values: Values, label: string) => {
    const last = values.findLast((value) => value !== null) ?? 0
    return text('trend.end', { share: formats.number(last), place: shortName(label) })
  }
  const shown = above?.some((value) => value !== null)
  return (
    <>
      <TrendLine
        title={text('trend.picture', { place: name })}
        desc={text('trend.desc', {
          first: formats.number(known[0] ?? 0),
          low: formats.number(Math.min(...known)),
          high: formats.number(Math.max(...known)),
        })}
        series={[
          { values: here, endLabel: end(here, name), rank },
          ...(above && shown && trend.reference
            ? [
                {
                  values: above,
                  endLabel: end(above, trend.reference.place.name),
                  rank: trend.reference.place.rank,
                },
              ]
            : []),
        ]}
        xLabels={monthTicks(trend.months, formats)}
        format={(value) => formats.number(value)}
        from={Math.max(0, Math.floor(Math.min(...known) / 10) * 10 - 10)}
        height={240}
      />
      {trend.alone && (
        <p className="mt-2 text-caption text-ink-2">
          {text('trend.alone', { place: name, have: trend.alone.have, need: trend.alone.need })}
        </p>
      )}
      {trend.reference && !shown && (
        <p className="mt-2 text-caption text-ink-2">
          {text('trend.referenceHidden', { place: trend.reference.place.name })}
        </p>
      )}
      {trend.here.includes(null) && <p className="mt-2 text-caption text-ink-2">{text('trend.gaps')}</p>}
    </>
  )
}
