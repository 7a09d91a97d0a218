'use client'
import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import type { Place } from '@fieldback/api/analytics/place'
import { IntervalRow } from '@fieldback/ui/interval-row'
import { IntervalTrack } from '@fieldback/ui/interval-track'
import { SectionHead } from '@fieldback/ui/section-head'
import { standingOut } from './explorer-title.tsx'
import { GroupNotes } from './group-notes.tsx'
import { RatesExport } from './rates-table.tsx'
import { RegionMap } from './region-map.tsx'
import type { Rates } from './use-explorer.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView, viewLink } from './use-view.tsx'
import { changeText, intervalText } from './words.ts'

type Ranked = PlaceFigure & { readonly rate: NonNullable<PlaceFigure['rate']> }
type Props = { place: Place; rates: Rates; territoryId: string }

/** Map and ranking of the territories just below; the territory's own rate when nothing lies below. */
export function RatesSection({ place, rates, territoryId }: Props) {
  const text = useText()
  const ranked = rates.rows
    .flatMap((row): Ranked[] => (row.rate ? [{ ...row, rate: row.rate }] : []))
    .toSorted((a, b) => b.rate.share - a.rate.share || b.n - a.n)
  const regions = rates.rows.some(({ place: { rank, code } }) => rank === 1 && code !== null)
  const answers = 'field' in rates
  return (
    <section
      aria-labelledby="ranking"
      className={regions ? 'grid gap-x-9 gap-y-7 xl:grid-cols-[500px_minmax(0,1fr)]' : ''}
    >
      {regions && <RegionMap rows={rates.rows} />}
      <div>
        <SectionHead id="ranking" aside={<RatesExport rates={rates} territoryId={territoryId} />}>
          {text(ranked.length > 0 ? 'ranking.title' : 'ranking.alone')}
        </SectionHead>
        {ranked.length > 0 && (
          <p className="mb-2 text-caption text-ink-2">
            {text('ranking.legend', { place: place.place.name })}
          </p>
        )}
        {ranked.length > 0 ? (
          <Ranking ranked={ranked} rates={rates} />
        ) : (
          <Alone place={place} rates={rates} />
        )}
        <GroupNotes rows={rates.rows} of={answers ? 'answers' : 'reports'} />
      </div>
    </section>
  )
}

/** From the lowest interval to the highest, so that the differences fill the width. */
function domainOf(
  rates: readonly { readonly low: number; readonly high: number }[],
): readonly [number, number] {
  const low = Math.min(...rates.map((rate) => rate.low))
  const high = Math.max(...rates.map((rate) => rate.high))
  return [Math.max(0, Math.floor(low * 20) / 20), Math.min(1, Math.ceil(high * 20) / 20)]
}

function Ranking({ ranked, rates }: { ranked: readonly Ranked[]; rates: Rates }) {
  const text = useText()
  const formats = useFormats()
  const { hrefOf } = useView()
  const whole = rates.total.rate
  const domain = domainOf([...ranked.map(({ rate }) => rate), ...(whole ? [whole] : [])])
  const out = standingOut(rates)
  const moves = ranked.some((row) => changeText(row, text, formats) !== null)
  return (
    <ol>
      {ranked.map((row, at) => (
        <IntervalRow
          key={row.place.id}
          position={at + 1}
          name={
            row.place.closed
              ? row.place.name
              : viewLink({
                  href: hrefOf({ territoryId: row.place.id }),
                  className: 'touch hover:underline hover:underline-offset-4',
                  children: row.place.name,
                })
          }
          value={row.rate.share}
          interval={[row.rate.low, row.rate.high]}
          domain={domain}
          reference={whole?.share}
          tone={row.place.rank}
          chosen={row.place.id === out?.place.id}
          valueLabel={formats.percent(row.rate.share)}
          {...(moves ? { change: changeText(row, text, formats) ?? '' } : {})}
          label={text('ranking.row', {
            share: formats.percent(row.rate.share),
            interval: intervalText(row.rate, text, formats),
            cases: formats.number(row.n),
          })}
        />
      ))}
    </ol>
  )
}

/** The territory's own rate, with its interval. */
function Alone({ place, rates: { total } }: { place: Place; rates: Rates }) {
  const text = useText()
  const formats = useFormats()
  if (!total.rate) return null
  const { rate } = total
  return (
    <div className="grid max-w-[560px] gap-1 text-small">
      <p>
        {text('ranking.aloneRate', {
          place: place.place.name,
          share: formats.percent(rate.share),
          interval: intervalText(rate, text, formats),
          k: formats.number(rate.k),
          n: formats.number(rate.n),
        })}
      </p>
      <IntervalTrack
        value={rate.share}
        interval={[rate.low, rate.high]}
        domain={[0, 1]}
        tone={place.place.rank}
        label={intervalText(rate, text, formats)}
      />
    </div>
  )
}
