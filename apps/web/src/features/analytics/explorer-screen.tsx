'use client'
import { movingEntries } from '@fieldback/domain/analytics/address'
import { lastMonths, monthOfDay } from '@fieldback/domain/analytics/period'
import { periodText, subjectText } from '@fieldback/i18n/figure-words'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import Shapes from 'lucide-react/icons/shapes'
import type { ReactNode } from 'react'
import { type KeptView, KeptViewProvider } from '../../client/kept-view.tsx'
import { useMember } from '../../client/member.tsx'
import { AnalyticsFrame } from './analytics-frame.tsx'
import { AnswersSection } from './answers-section.tsx'
import { CompareFilter, LevelFilter } from './compare-filter.tsx'
import { CountingNote } from './counting-note.tsx'
import { CrossSection } from './cross-section.tsx'
import { ExplorerLede, ExplorerTitle } from './explorer-title.tsx'
import { BasisFilter, PeriodFilter, RootFilter } from './filters.tsx'
import { KeptNote } from './kept-note.tsx'
import { MeasureFilter } from './measure-filter.tsx'
import { MonthsSection } from './months-section.tsx'
import { NarrowFilters } from './narrow-filters.tsx'
import { placeRows } from './place-rows.ts'
import { PlaceTable } from './place-table.tsx'
import { PlacesSection } from './places-section.tsx'
import { PreparedNote } from './prepared-note.tsx'
import type { Start } from './start.ts'
import { type PageSubject, SubjectProvider } from './subject.tsx'
import { type Explorer, useExplorer } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { Awaited, STALE } from './waiting.tsx'

type Props = {
  start: Start | undefined
  /** Beside the title: keeping the view. */
  actions?: ReactNode
}

/** One measure across territories: where it is high, where it is low, and how it moves. */
export function ExplorerScreen({ start, actions }: Props) {
  const text = useText()
  const explorer = useExplorer(start)
  const { place, fields, field, measure, answer, places, answers } = explorer
  const failed = [place, fields, answers ?? place].find(({ error }) => error)
  const findings = places.data
  const nobody = answers?.data?.measured?.id === field?.id && answers?.data?.total.now.n === 0
  const told = findings && measure && !nobody
  return (
    <KeptViewProvider value={useKept(explorer)}>
      <AnalyticsFrame
        tab="explorer"
        place={place.data}
        actions={actions}
        title={
          told ? (
            <span className={places.isPlaceholderData ? STALE : ''}>
              <ExplorerTitle findings={findings} measure={measure} />
            </span>
          ) : (
            text('tabs.explorer')
          )
        }
        lede={
          told && (
            <span className={places.isPlaceholderData ? STALE : ''}>
              <ExplorerLede findings={findings} subject={{ measure, field, answer }} />
            </span>
          )
        }
        filters={<Filters explorer={explorer} />}
      >
        {nobody ? (
          <>
            {findings?.kept && <KeptNote kept={findings.kept} />}
            <NoAnswer flow={field === null || field.entity === 'report'} />
          </>
        ) : fields.data && measure === null && !places.isPlaceholderData && answers === null ? (
          <NotAsked />
        ) : (
          <Awaited query={failed ? { ...failed, data: undefined } : places} lines={9}>
            {() => <Figures explorer={explorer} />}
          </Awaited>
        )}
      </AnalyticsFrame>
    </KeptViewProvider>
  )
}

/** What is on the screen, to be kept; null until it is known. */
function useKept({ view, territoryId, place, field, measure, answer }: Explorer): KeptView | null {
  const text = useText()
  const formats = useFormats()
  const { day } = useMember()
  if (!territoryId || !measure || !place.data) return null
  const entries = movingEntries({ ...view, territoryId, measure }, day)
  return {
    query: new URLSearchParams(entries.map(([name, value]) => [name, value])).toString(),
    name: `${subjectText({ measure, field, answer }, text, formats)}, ${place.data.place.name}`,
    moving: entries.some(([name]) => name === 'last'),
    places: place.data.line.filter(({ open }) => open),
  }
}

function Filters({ explorer }: { explorer: Explorer }) {
  const { place, fields, field, measure, answers } = explorer
  const flow = field === null || field.entity === 'report'
  const given = answers?.data?.axes.flatMap((axis) => (axis.by === 'answer' ? axis.answers : [])) ?? []
  return (
    <>
      <RootFilter place={place.data} />
      {fields.data && measure && (
        <MeasureFilter
          fields={fields.data}
          field={field}
          measure={measure}
          answers={given.length > 0 ? given : (field?.answers ?? [])}
        />
      )}
      {flow && <PeriodFilter />}
      {place.data && <LevelFilter place={place.data} />}
      {place.data && measure && flow && <CompareFilter place={place.data} measure={measure} />}
      {fields.data && measure && <NarrowFilters fields={fields.data} measure={measure} />}
      {flow && <BasisFilter />}
    </>
  )
}

function Figures({ explorer }: { explorer: Explorer }) {
  const text = useText()
  const formats = useFormats()
  const { view, territoryId, place, fields, field, measure, answer, places, months, answers } = explorer
  const findings = places.data
  const { asked } = places
  if (!findings || !asked || !measure || !territoryId || !place.data) return null
  const flow = field === null || field.entity === 'report'
  const subject = { measure, field, answer }
  const page: PageSubject = {
    territoryId,
    view,
    subject,
    said: text('export.said', {
      subject: subjectText(subject, text, formats),
      place: findings.place.name,
      period: flow ? periodText(view.period, text, formats) : text('explorer.now'),
      basis: view.basis,
      flow: flow ? 'yes' : 'no',
    }),
  }
  const two = flow && answers !== null && field !== null
  return (
    <SubjectProvider value={page}>
      {findings.counting && <CountingNote counting={findings.counting} />}
      <PreparedNote findings={findings} />
      {findings.kept && <KeptNote kept={findings.kept} />}
      <div className="flex flex-col gap-7">
        <PlacesSection findings={findings} asked={asked} />
        <div className={`grid gap-x-9 gap-y-7 border-line border-t pt-7 ${two ? 'xl:grid-cols-2' : ''}`}>
          {flow && <MonthsSection query={months} />}
          {answers && field && (
            <AnswersSection
              query={answers}
              field={field}
              bucket={'bucket' in measure ? measure.bucket : null}
            />
          )}
        </div>
        {placeRows(findings).length > 0 && (
          <>
            <PlaceTable findings={findings} asked={asked} levelNames={place.data.levelNames} />
            <CrossSection fields={fields.data ?? []} />
          </>
        )}
      </div>
    </SubjectProvider>
  )
}

/** Teaches the next step: a wider period, or that the question is asked but not yet answered. */
function NoAnswer({ flow }: { flow: boolean }) {
  const text = useText()
  const { day } = useMember()
  const { view, change } = useView()
  const narrowed = view.filters.length > 0 || view.outcomes.length > 0 || view.kind !== null
  return (
    <Empty
      icon={<Shapes size={28} />}
      title={text(narrowed ? 'empty.narrowed' : 'empty.answers')}
      text={text(narrowed ? 'empty.narrowedNext' : flow ? 'empty.answersNext' : 'empty.stocksNext')}
      action={
        narrowed ? (
          <Button variant="primary" onClick={() => change({ filters: [], outcomes: [], kind: null })}>
            {text('empty.widen')}
          </Button>
        ) : (
          flow && (
            <Button variant="primary" onClick={() => change({ period: lastMonths(monthOfDay(day), 12) })}>
              {text('empty.twelve')}
            </Button>
          )
        )
      }
    />
  )
}

/** The question of the address is not asked here: below another branch, or no more. */
function NotAsked() {
  const text = useText()
  const { change } = useView()
  return (
    <Empty
      icon={<Shapes size={28} />}
      title={text('empty.notAsked')}
      text={text('empty.notAskedNext')}
      action={
        <Button variant="primary" onClick={() => change({ measure: null, filters: [], cross: null })}>
          {text('empty.first')}
        </Button>
      }
    />
  )
}
