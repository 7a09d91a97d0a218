'use client'
import { intervalText, shortValue, type Unit, valueText } from '@fieldback/i18n/figure-words'
import { FranceMap, type MapValue } from '@fieldback/ui/france-map'
import { REGIONS } from '@fieldback/ui/france-regions'
import { Legend, type LegendItem } from '@fieldback/ui/legend'
import { quintiles, type RampStep, rampStep } from '@fieldback/ui/map-scale'
import dynamic from 'next/dynamic'
import { drawingOf, isDrawn } from './drawing-of.ts'
import type { PlaceRow } from './place-rows.ts'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'

/** Fetched by whoever looks at departments: a hundred outlines. */
const DepartmentMap = dynamic(() => import('./department-map.tsx').then((map) => map.DepartmentMap))

/** Places among which a word fits on each. */
const ROOMY = 20

type Props = { rows: readonly PlaceRow[]; unit: Unit; selected?: string | undefined }

/** France in five classes of about as many places each; hatched where it is hidden. A place opens what is inside it. */
export function PlaceMap({ rows, unit, selected }: Props) {
  const text = useText()
  const formats = useFormats()
  const { change } = useView()
  const drawing = drawingOf(rows)
  const keyOf = ({ place: { id, code } }: PlaceRow): string | null => (drawing === 'regrouped' ? id : code)
  const drawn = rows.filter(isDrawn)
  const shown = drawn.flatMap(({ now: { value, n } }) =>
    value === null || n === 0 ? [] : [rounded(value, unit)],
  )
  const breaks = quintiles(shown)
  const byKey = new Map(
    drawn.flatMap((row) => {
      const key = keyOf(row)
      return key === null ? [] : [[key, row] as const]
    }),
  )
  const shownAs = ({ place: { name }, now }: PlaceRow): MapValue | null => {
    // Nothing is known of a place without a case: blank, and not the colour of a low value.
    if (now.value !== null && now.n > 0) {
      const said = valueText(now.value, unit, formats)
      const interval = intervalText(now, { unit, text, formats })
      return {
        name,
        text: shortValue(now.value, unit, formats),
        label: interval ? text('map.place', { place: name, value: said, interval }) : `${name}, ${said}`,
        step: rampStep(rounded(now.value, unit), breaks),
      }
    }
    if (!now.hidden) return null
    const { have, need, reason } = now.hidden
    return {
      name,
      // Hatched anyway: among many places the words would cover one another.
      text: rows.length > ROOMY ? '' : text(reason === 'beside' ? 'map.hidden' : 'map.few'),
      label: text('map.hiddenRegion', { place: name, have, need, reason }),
      step: 'hidden',
    }
  }
  const values = Object.fromEntries(
    [...byKey].flatMap(([key, row]) => {
      const value = shownAs(row)
      return value ? [[key, value] as const] : []
    }),
  )
  const departments = drawing === 'departments'
  const undrawn = rows.filter((row) => !isDrawn(row) && row.now.n > 0)
  const groups =
    drawing === 'regrouped'
      ? drawn.map(({ place: { id, departments: codes = [] } }) => ({ key: id, codes }))
      : undefined
  const props = {
    label: text(departments ? 'map.departments' : 'map.label'),
    values,
    selected,
    onSelect: (key: string) => {
      const row = byKey.get(key)
      if (row && !row.place.closed && !row.place.elsewhere) change({ territoryId: row.place.id, level: null })
    },
  }
  return (
    <div>
      {drawing === 'regions' ? (
        <FranceMap {...props} drawing={REGIONS} />
      ) : (
        <DepartmentMap {...props} groups={groups} />
      )}
      <div className="mt-4">
        <Legend items={legendOf(shown, drawn, { unit, text, formats })} />
      </div>
      {undrawn.length > 0 && (
        <p className="mt-2 text-caption text-ink-2">
          {text('map.undrawn', { list: formats.list(undrawn.map(({ place }) => place.name)) })}
        </p>
      )}
      {groups && <p className="mt-2 text-caption text-ink-2">{text('map.regrouped')}</p>}
      {drawing !== 'regions' && <p className="mt-2 text-caption text-ink-3">{text('map.credit')}</p>}
    </div>
  )
}

/** As it is written: two places that read alike have one colour. */
const rounded = (value: number, unit: Unit): number =>
  unit.of === 'share' || unit.of === 'outcome' || unit.of === 'fill'
    ? Math.round(value * 100) / 100
    : Number(value.toPrecision(3))

type Words = {
  readonly unit: Unit
  readonly text: ReturnType<typeof useText>
  readonly formats: ReturnType<typeof useFormats>
}

/** The classes that hold a place, in words. */
function legendOf(
  values: readonly number[],
  rows: readonly PlaceRow[],
  { unit, text, formats }: Words,
): LegendItem[] {
  const breaks = quintiles(values)
  const classes = ([1, 2, 3, 4, 5] as const satisfies readonly RampStep[]).flatMap((step): LegendItem[] => {
    const inside = values.filter((value) => rampStep(value, breaks) === step)
    if (inside.length === 0) return []
    const [low, high] = [Math.min(...inside), Math.max(...inside)]
    const label =
      low === high
        ? valueText(low, unit, formats)
        : (intervalText({ low, high }, { unit, text, formats }) ?? '')
    return [{ swatch: `ramp-${step}`, label }]
  })
  const hidden = rows.some(({ now }) => now.hidden)
  return hidden ? [...classes, { swatch: 'hidden', label: text('map.hidden') }] : classes
}
