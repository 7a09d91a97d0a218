'use client'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import {
  changeText,
  intervalText,
  isPercent,
  type Unit,
  unitOf,
  valueText,
} from '@fieldback/i18n/figure-words'
import { IntervalRow } from '@fieldback/ui/interval-row'
import { IntervalTrack } from '@fieldback/ui/interval-track'
import { TextLink } from '@fieldback/ui/text-link'
import { useState } from 'react'
import { Behind, casesBehind } from './behind-link.tsx'
import { ChartHead } from './chart-head.tsx'
import { drawingOf } from './drawing-of.ts'
import { PlaceNotes } from './group-notes.tsx'
import { PlaceMap } from './place-map.tsx'
import { type PlaceRow, placeRows, ranked, standingOut } from './place-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'

type Props = { findings: Findings; asked: Question }

/** A ranking is read from its head. */
const SHOWN_AT_FIRST = 20

/** Map and ranking of the territories asked for; the territory's own figure when there are none. */
export function PlacesSection({ findings, asked }: Props) {
  const text = useText()
  const rows = placeRows(findings)
  const unit = unitOf(asked.measure, findings)
  const top = ranked(rows)
  const drawn = drawingOf(rows)
  return (
    <div className={drawn ? 'grid gap-x-9 gap-y-7 xl:grid-cols-[500px_minmax(0,1fr)]' : ''}>
      {drawn && (
        <section aria-labelledby="map" data-chart="map">
          <ChartHead id="map">
            {text(drawn === 'departments' ? 'map.titleDepartments' : 'map.title')}
          </ChartHead>
          <PlaceMap rows={rows} unit={unit} />
        </section>
      )}
      <section aria-labelledby="ranking" data-chart="places">
        <ChartHead id="ranking" files={rows.length > 0 ? 'places' : undefined}>
          {text(top.length > 0 ? 'ranking.title' : 'ranking.alone')}
        </ChartHead>
        {top.length > 0 ? (
          <Ranking rows={top} findings={findings} unit={unit} />
        ) : (
          <Alone findings={findings} asked={asked} unit={unit} />
        )}
        <PlaceNotes rows={rows} stock={isStock(findings)} />
      </section>
    </div>
  )
}

const isStock = ({ measured }: Findings): boolean => measured !== null && measured.entity !== 'report'

/** From the lowest interval to the highest, so that the differences fill the width; counts and sums begin at zero. */
function domainOf(
  rows: readonly PlaceRow[],
  total: Findings['total'],
  unit: Unit,
): readonly [number, number] {
  const whole = unit.of === 'count' || unit.of === 'sum' ? [] : [total.now]
  const figures = [...rows.map(({ now }) => now), ...whole]
  const ends = figures.flatMap(({ value, low, high }) => [low ?? value, high ?? value])
  const known = ends.filter((end) => end !== null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  if (unit.of === 'count' || unit.of === 'sum') return [Math.min(0, least), most]
  if (isPercent(unit))
    return [Math.max(0, Math.floor(least * 20) / 20), Math.min(1, Math.ceil(most * 20) / 20)]
  return [least, most]
}

type RankingProps = { rows: readonly PlaceRow[]; findings: Findings; unit: Unit }

function Ranking({ rows, findings, unit }: RankingProps) {
  const text = useText()
  const formats = useFormats()
  const { hrefOf } = useView()
  const [all, setAll] = useState(false)
  const { total, place, method } = findings
  const domain = domainOf(rows, total, unit)
  const out = standingOut(findings)
  const words = { unit, text, formats }
  const moves = rows.some((row) => changeText(row, words) !== null)
  const whole = method === null ? null : total.now.value
  return (
    <>
      <p className="mb-2 text-caption text-ink-2">
        {text(method === null ? 'ranking.legendPlain' : 'ranking.legend', { place: place.name })}
      </p>
      <ol>
        {rows.slice(0, all ? rows.length : SHOWN_AT_FIRST).map((row, at) => (
          <IntervalRow
            key={row.place.id}
            position={at + 1}
            name={
              row.place.closed
                ? row.place.name
                : viewLink({
                    href: hrefOf({ territoryId: row.place.id, level: null }),
                    className: 'touch hover:underline hover:underline-offset-4',
                    children: row.place.name,
                  })
            }
            value={row.now.value ?? 0}
            interval={row.now.low !== null && row.now.high !== null ? [row.now.low, row.now.high] : undefined}
            domain={domain}
            reference={whole ?? undefined}
            tone={row.place.rank}
            chosen={row.place.id === out?.place.id}
            valueLabel={valueText(row.now.value ?? 0, unit, formats)}
            {...(moves ? { change: changeText(row, words) ?? '' } : {})}
            label={text('ranking.row', {
              share: valueText(row.now.value ?? 0, unit, formats),
              interval: intervalText(row.now, words) ?? '',
              has: row.now.low === null ? 'no' : 'yes',
              cases: formats.number(row.now.n),
            })}
          />
        ))}
      </ol>
      {rows.length > SHOWN_AT_FIRST && (
        <button
          type="button"
          className="touch mt-2 font-medium text-accent-ink text-small hover:underline"
          onClick={() => setAll(!all)}
        >
          {text(all ? 'ranking.fewer' : 'ranking.all', { count: rows.length })}
        </button>
      )}
    </>
  )
}

/** The territory's own figure, with its interval. */
function Alone({ findings, asked, unit }: Props & { unit: Unit }) {
  const { total, place } = findings
  const text = useText()
  const formats = useFormats()
  const { view, hrefOf } = useView()
  const { value, n, low, high } = total.now
  // A territory that a re-organisation made has no past of its own.
  if (n === 0 && view.basis === 'then' && !isStock(findings))
    return (
      <p className="text-small">
        {text('ranking.aloneThen', { place: place.name })}{' '}
        <TextLink href={hrefOf({ basis: 'today' })} renderLink={viewLink}>
          {text('ranking.aloneToday')}
        </TextLink>
      </p>
    )
  if (value === null) return null
  const interval = intervalText(total.now, { unit, text, formats })
  const said = valueText(value, unit, formats)
  return (
    <div className="grid max-w-[560px] gap-1 text-small">
      <p>
        {text('ranking.aloneFigure', {
          place: place.name,
          value: said,
          has: interval === null ? 'no' : 'yes',
          interval: interval ?? '',
          n: formats.number(total.now.n),
        })}
      </p>
      {low !== null && high !== null && (
        <IntervalTrack
          value={value}
          interval={[low, high]}
          domain={isPercent(unit) ? [0, 1] : [Math.min(0, low), high * 1.1]}
          tone={place.rank}
          label={text('map.place', { place: place.name, value: said, interval: interval ?? '' })}
        />
      )}
      <Behind asked={asked} findings={findings} at={[]} n={casesBehind(total.now, asked)} />
    </div>
  )
}
