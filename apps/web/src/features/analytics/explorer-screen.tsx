'use client'
import { lastMonths, monthOfDay } from '@fieldback/domain/analytics/period'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import Shapes from 'lucide-react/icons/shapes'
import { useMember } from '../../client/member.tsx'
import { AnalyticsFrame } from './analytics-frame.tsx'
import { AnswersSection } from './answers-section.tsx'
import { CountingNote } from './counting-note.tsx'
import { ExplorerLede, ExplorerTitle } from './explorer-title.tsx'
import { BasisFilter, MeasureFilter, PeriodFilter, RootFilter } from './filters.tsx'
import { RatesSection } from './rates-section.tsx'
import { RatesTable } from './rates-table.tsx'
import type { Start } from './start.ts'
import { TrendSection } from './trend-section.tsx'
import { measureOf, useExplorer } from './use-explorer.ts'
import { useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { Awaited, STALE } from './waiting.tsx'

/** One rate across territories: where it is high, where it is low, and how it moves. */
export function ExplorerScreen({ start }: { start: Start | undefined }) {
  const text = useText()
  const { territoryId, place, fields, field, distribution, chosen, rates, trend, asked } = useExplorer(start)
  const flow = field === null || field.entity === 'report'
  const failed = [place, fields, asked].find(({ error }) => error)
  const bucket = chosen?.of === 'answer' ? chosen.bucket : null
  const nobody = distribution !== undefined && distribution.answered === 0
  return (
    <AnalyticsFrame
      tab="explorer"
      place={place.data}
      title={
        place.data && rates.data && !nobody ? (
          <span className={rates.isPlaceholderData ? STALE : ''}>
            <ExplorerTitle place={place.data} rates={rates.data} />
          </span>
        ) : (
          text('tabs.explorer')
        )
      }
      lede={rates.data && <ExplorerLede rates={rates.data} />}
      filters={
        <>
          <RootFilter place={place.data} />
          {fields.data && (
            <MeasureFilter
              fields={fields.data}
              field={field}
              bucket={bucket}
              answers={distribution?.buckets ?? field?.answers ?? []}
            />
          )}
          {flow && <PeriodFilter />}
          {flow && <BasisFilter />}
        </>
      }
    >
      {distribution?.counting && <CountingNote counting={distribution.counting} />}
      {nobody ? (
        <NoAnswer flow={flow} />
      ) : (
        <Awaited query={failed ? { ...failed, data: undefined } : rates} lines={9}>
          {(data) =>
            place.data && territoryId ? (
              <div className="flex flex-col gap-7">
                <RatesSection place={place.data} rates={data} territoryId={territoryId} />
                <div
                  className={`grid gap-x-9 gap-y-7 border-line border-t pt-7 ${flow && distribution ? 'xl:grid-cols-2' : ''}`}
                >
                  {flow && (
                    <TrendSection
                      query={trend}
                      territoryId={territoryId}
                      name={place.data.place.name}
                      rank={place.data.place.rank}
                      measure={measureOf(data)}
                    />
                  )}
                  {distribution && (
                    <AnswersSection
                      distribution={distribution}
                      territoryId={territoryId}
                      name={place.data.place.name}
                      bucket={bucket}
                    />
                  )}
                </div>
                {data.rows.length > 0 && (
                  <RatesTable place={place.data} rates={data} territoryId={territoryId} />
                )}
              </div>
            ) : null
          }
        </Awaited>
      )}
    </AnalyticsFrame>
  )
}

/** Teaches the next step: a wider period, or that the question is asked but not yet answered. */
function NoAnswer({ flow }: { flow: boolean }) {
  const text = useText()
  const { day } = useMember()
  const { change } = useView()
  return (
    <Empty
      icon={<Shapes size={28} />}
      title={text('empty.answers')}
      text={text(flow ? 'empty.answersNext' : 'empty.stocksNext')}
      action={
        flow && (
          <Button variant="primary" onClick={() => change({ period: lastMonths(monthOfDay(day), 12) })}>
            {text('empty.twelve')}
          </Button>
        )
      }
    />
  )
}
