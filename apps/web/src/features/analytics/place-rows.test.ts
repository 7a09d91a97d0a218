import type { Figure, Findings, PlaceRef } from '@fieldback/domain/analytics/findings'
import { describe, expect, it } from 'vitest'
import { placeRows, ranked, sortPlaces, standingOut } from './place-rows.ts'

const figure = (value: number | null, low: number | null = null, high: number | null = null): Figure => ({
  value,
  low,
  high,
  k: null,
  n: value === null ? 3 : 100,
  people: 6,
  between: null,
  hidden: value === null ? { reason: 'people', have: 3, need: 5 } : null,
})
const place = (name: string): PlaceRef => ({ id: name, name, rank: 1, code: null, closed: false })
const row = (at: readonly string[], now: Figure) => ({ at, now, before: null, verdict: null })

function answer(figures: Readonly<Record<string, Figure>>, total: Figure): Findings {
  const places = Object.keys(figures).map(place)
  return {
    measured: null,
    filters: [],
    place: place('France'),
    comparedPlace: null,
    axes: [{ by: 'territory', places }],
    rows: Object.entries(figures).map(([name, now]) => row([name], now)),
    total: row([], total),
    direct: 0,
    part: [],
    method: 'wilson',
    days: { from: '2026-09-01', to: '2026-11-20' },
    comparedDays: null,
    alone: null,
    prepared: { state: 'one' },
    source: { from: 'counts' },
    counting: null,
    kept: null,
    cut: [],
  }
}
const names = (rows: readonly { readonly place: PlaceRef }[]) => rows.map(({ place: { name } }) => name)

describe('territories side by side', () => {
  const findings = answer(
    { Bretagne: figure(0.2, 0.15, 0.24), Corse: figure(null), Occitanie: figure(0.4, 0.3, 0.5) },
    figure(0.25, 0.23, 0.27),
  )
  it('rank by what they show: what is hidden has no place among them', () => {
    expect(names(ranked(placeRows(findings)))).toEqual(['Occitanie', 'Bretagne'])
  })
  it('name the one whose interval stands clear above the whole, or none', () => {
    expect(standingOut(findings)?.place.name).toBe('Occitanie')
    expect(standingOut(answer({ Bretagne: figure(0.28, 0.25, 0.3) }, figure(0.25, 0.23, 0.27)))).toBeNull()
    expect(standingOut(answer({ Bretagne: figure(120) }, figure(100)))).toBeNull()
  })
  it('sort as asked, with what is hidden last either way, and by name for a column that is none', () => {
    const rows = placeRows(findings)
    const order = (key: string, direction: 'ascending' | 'descending') =>
      names(sortPlaces(rows, { key, direction }))
    expect(order('value', 'ascending')).toEqual(['Bretagne', 'Occitanie', 'Corse'])
    expect(order('value', 'descending')).toEqual(['Occitanie', 'Bretagne', 'Corse'])
    expect(order('name', 'descending')).toEqual(['Occitanie', 'Corse', 'Bretagne'])
    expect(order('constructor', 'descending')).toEqual(['Bretagne', 'Corse', 'Occitanie'])
  })
})
