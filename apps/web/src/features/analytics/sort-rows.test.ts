import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import { wilson } from '@fieldback/domain/insight/wilson'
import { describe, expect, it } from 'vitest'
import { sortRows } from './sort-rows.ts'

const row = (name: string, n: number, k: number | null): PlaceFigure => ({
  place: { id: name, name, rank: 1, code: null, closed: false },
  people: 6,
  n,
  k,
  rate: k === null ? null : wilson(k, n),
  before: null,
  verdict: null,
  hidden: k === null ? { reason: 'people', have: 2, need: 5 } : null,
})
const rows = [row('Bretagne', 40, 10), row('Corse', 90, null), row('Alsace', 40, 20), row('Éguzon', 10, 1)]
const names = (sort: Parameters<typeof sortRows>[1]) => sortRows(rows, sort).map(({ place }) => place.name)

describe('the order of a table', () => {
  it('equals go by name, accents where a French reader looks for them', () => {
    expect(names({ key: 'n', direction: 'descending' })).toEqual(['Corse', 'Alsace', 'Bretagne', 'Éguzon'])
    expect(names({ key: 'name', direction: 'descending' })).toEqual(['Éguzon', 'Corse', 'Bretagne', 'Alsace'])
  })
  it('what is hidden comes last in both directions: its place would tell its value', () => {
    expect(names({ key: 'rate', direction: 'descending' }).at(-1)).toBe('Corse')
    expect(names({ key: 'rate', direction: 'ascending' })).toEqual(['Éguzon', 'Bretagne', 'Alsace', 'Corse'])
  })
  it('a column nobody knows orders by name', () => {
    expect(names({ key: 'secret', direction: 'descending' })).toEqual([
      'Alsace',
      'Bretagne',
      'Corse',
      'Éguzon',
    ])
  })
})
