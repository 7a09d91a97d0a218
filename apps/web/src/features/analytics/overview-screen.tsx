'use client'
import type { Overview } from '@fieldback/api/analytics/overview'
import type { Place } from '@fieldback/api/analytics/place'
import { overviewAt } from '@fieldback/domain/analytics/address'
import { lastMonths, monthOfDay } from '@fieldback/domain/analytics/period'
import { periodText } from '@fieldback/i18n/figure-words'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { SectionHead } from '@fieldback/ui/section-head'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import ChartSpline from 'lucide-react/icons/chart-spline'
import type { ReactNode } from 'react'
import { useMember } from '../../client/member.tsx'
import { useTRPC } from '../../client/trpc.tsx'
import { ActivityStats } from './activity-stats.tsx'
import { ActivityTable } from './activity-table.tsx'
import { ActivityTrend } from './activity-trend.tsx'
import { AnalyticsFrame } from './analytics-frame.tsx'
import { FileLinks } from './chart-files.tsx'
import { BasisFilter, GrainFilter, PeriodFilter, RootFilter } from './filters.tsx'
import { OutcomeShares } from './outcome-shares.tsx'
import { ReportsByTerritory } from './reports-by-territory.tsx'
import { atStart, type Start } from './start.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { Awaited, STALE } from './waiting.tsx'

type Props = {
  start: Start | undefined
  /** What the reader pinned, before everything else. */
  board: ReactNode
}

/** How many reports, where, and how they end. */
export function OverviewScreen({ start, board }: Props) {
  const text = useText()
  const trpc = useTRPC()
  const { view } = useView()
  const here = { territoryId: view.territoryId }
  const found = useQuery(
    trpc.analytics.place.queryOptions(here, {
      placeholderData: keepPreviousData,
      ...atStart(start?.place, here),
    }),
  )
  const place = found.data
  const territoryId = view.territoryId ?? place?.place.id
  const asked = overviewAt(view, territoryId ?? '')
  const overview = useQuery(
    trpc.analytics.overview.queryOptions(asked, {
      enabled: territoryId !== undefined,
      placeholderData: keepPreviousData,
      ...atStart(start?.overview, asked),
    }),
  )
  return (
    <AnalyticsFrame
      tab="overview"
      place={place}
      title={
        overview.data ? (
          <span className={overview.isPlaceholderData ? STALE : ''}>
            <Title overview={overview.data} />
          </span>
        ) : (
          text('tabs.overview')
        )
      }
      lede={place && overview.data && <Lede place={place} overview={overview.data} />}
      filters={
        <>
          <RootFilter place={place} />
          <PeriodFilter />
          <GrainFilter />
          <BasisFilter />
        </>
      }
    >
      {board}
      <Awaited query={found.error ? { ...found, data: undefined } : overview} lines={9}>
        {(data) =>
          place && territoryId ? (
            data.total.reports === 0 ? (
              <NoReport />
            ) : (
              <OverviewFigures overview={data} place={place} territoryId={territoryId} start={start} />
            )
          ) : null
        }
      </Awaited>
    </AnalyticsFrame>
  )
}

function Title({ overview: { total, before } }: { overview: Overview }) {
  const text = useText()
  const formats = useFormats()
  if (total.reports === 0) return text('overview.title.none')
  const change = total.reports - before.reports
  return text('overview.title.some', {
    count: total.reports,
    reports: formats.number(total.reports),
    trend: before.reports === 0 ? 'alone' : change > 0 ? 'more' : change < 0 ? 'fewer' : 'same',
    change: formats.number(Math.abs(change)),
  })
}

function Lede({ place, overview }: { place: Place; overview: Overview }) {
  const text = useText()
  const formats = useFormats()
  const { view } = useView()
  return text('overview.lede', {
    place: place.place.name,
    period: periodText(view.period, text, formats),
    compared: overview.before.reports === 0 ? 'no' : 'yes',
    from: formats.day(overview.daysBefore.from, 'short').replace(/^1 /, text('period.first')),
    // The sentence ends with it, and with one stop: « 23 nov. »
    to: formats.day(overview.daysBefore.to, 'short').replace(/^1 /, text('period.first')).replace(/\.$/, ''),
  })
}

type FiguresProps = {
  overview: Overview
  place: Place
  territoryId: string
  start: Start | undefined
}

function OverviewFigures({ overview, place, territoryId, start }: FiguresProps) {
  const text = useText()
  return (
    <div className="flex flex-col gap-7">
      <ActivityStats overview={overview} />
      <div className="flex flex-col gap-3 border-line border-t pt-7">
        <div className="grid gap-x-9 gap-y-7 xl:grid-cols-[minmax(0,1fr)_380px]">
          <section aria-labelledby="over-time">
            <SectionHead id="over-time" aside={<FileLinks of="overview" territoryId={territoryId} />}>
              {text('overview.time')}
            </SectionHead>
            <ActivityTrend overview={overview} />
          </section>
          <section aria-labelledby="outcomes">
            <SectionHead id="outcomes">{text('overview.outcomes')}</SectionHead>
            <OutcomeShares total={overview.total} />
          </section>
        </div>
        <ActivityTable overview={overview} />
      </div>
      {place.children > 0 && <ReportsByTerritory place={place} territoryId={territoryId} start={start} />}
    </div>
  )
}

function NoReport() {
  const text = useText()
  const { day } = useMember()
  const { change } = useView()
  return (
    <Empty
      icon={<ChartSpline size={28} />}
      title={text('empty.reports')}
      text={text('empty.reportsNext')}
      action={
        <Button variant="primary" onClick={() => change({ period: lastMonths(monthOfDay(day), 12) })}>
          {text('empty.twelve')}
        </Button>
      }
    />
  )
}
