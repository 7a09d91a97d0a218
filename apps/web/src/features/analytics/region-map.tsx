'use client'
import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import { FranceMap, type RegionValue } from '@fieldback/ui/france-map'
import { Legend, type LegendItem } from '@fieldback/ui/legend'
import { quintiles, type RampBreaks, rampStep } from '@fieldback/ui/map-scale'
import { type AnalyticsText, useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { intervalText } from './words.ts'

/** Rates of regions by class; a tap opens the region. What is hidden is hatched, what has nothing is blank. */
export function RegionMap({ rows }: { rows: readonly PlaceFigure[] }) {
  const text = useText()
  const formats = useFormats()
  const { change } = useView()
  const percents = rows.flatMap(({ rate }) => (rate ? [Math.round(rate.share * 100)] : []))
  const breaks = quintiles(percents)
  const byCode = new Map(rows.flatMap((row) => (row.place.code ? [[row.place.code, row] as const] : [])))
  const values = Object.fromEntries(
    [...byCode].flatMap(([code, row]): [string, RegionValue][] => {
      const { place, rate, hidden } = row
      if (rate) {
        const percent = Math.round(rate.share * 100)
        const label = text('map.region', {
          place: place.name,
          share: formats.percent(rate.share),
          interval: intervalText(rate, text, formats),
        })
        return [[code, { name: place.name, text: String(percent), label, step: rampStep(percent, breaks) }]]
      }
      if (!hidden) return []
      const label = text('map.hiddenRegion', {
        place: place.name,
        have: hidden.have,
        need: hidden.need,
        reason: hidden.reason,
      })
      return [[code, { name: place.name, text: text('map.few'), label, step: 'hidden' }]]
    }),
  )
  const hidden = rows.some((row) => row.hidden)
  return (
    <div>
      <FranceMap
        label={text('map.label')}
        values={values}
        onSelect={(code) => {
          const row = byCode.get(code)
          if (row && !row.place.closed) change({ territoryId: row.place.id })
        }}
      />
      <div className="mt-4">
        <Legend items={legendOf(breaks, percents, hidden, text)} />
      </div>
    </div>
  )
}

/** The classes that hold a region, in words. */
function legendOf(
  breaks: RampBreaks,
  percents: readonly number[],
  hidden: boolean,
  text: AnalyticsText,
): LegendItem[] {
  const classes = ([1, 2, 3, 4, 5] as const).flatMap((step): LegendItem[] => {
    const inside = percents.filter((percent) => rampStep(percent, breaks) === step)
    if (inside.length === 0) return []
    const [low, high] = [Math.min(...inside), Math.max(...inside)]
    return [
      { swatch: `ramp-${step}`, label: text('map.class', { low, high, one: low === high ? 'yes' : 'no' }) },
    ]
  })
  return hidden ? [...classes, { swatch: 'hidden', label: text('map.hidden') }] : classes
}
