import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { describe, expect, it } from 'vitest'
import { drawingOf } from './drawing-of.ts'
import type { PlaceRow } from './place-rows.ts'

const NOW = { value: 1, low: null, high: null, k: 1, n: 1, people: 6, between: null, hidden: null }
const row = (name: string, over: Partial<PlaceRef>): PlaceRow => ({
  place: { id: name, name, rank: 1, code: null, closed: false, ...over },
  now: NOW,
  before: null,
  verdict: null,
})
const bretagne = row('Bretagne', { code: '53', departments: ['22', '29', '35', '56'] })

describe('what is drawn of territories', () => {
  it('is the regions of France where they hold their own departments, all or some', () => {
    expect(drawingOf([bretagne, row('Corse', { code: '94', departments: ['2A'] })])).toBe('regions')
    expect(drawingOf([bretagne, row('La Réunion', { code: '04', departments: ['974'] })])).toBe('regions')
    expect(drawingOf([bretagne, row('Grands comptes', { departments: [] })])).toBe('regions')
  })
  it('is their departments where a region was split: the half that keeps the code, and the one that has none', () => {
    const north = row('Nord-Bretagne', { code: '53', departments: ['22', '35'] })
    const south = row('Sud-Bretagne', { departments: ['29', '56'] })
    expect(drawingOf([north, south])).toBe('regrouped')
    expect(drawingOf([row('Ouest', { departments: ['22', '53'] })])).toBe('regrouped')
  })
  it('is their departments where one has passed to another region', () => {
    const west = row('Pays de la Loire', { code: '52', departments: ['44', '56'] })
    expect(drawingOf([row('Bretagne', { code: '53', departments: ['22', '29', '35'] }), west])).toBe(
      'regrouped',
    )
  })
  it('is nothing of territories that France does not know', () => {
    expect(drawingOf([row('Grands comptes', { departments: [] })])).toBeNull()
    expect(drawingOf([bretagne, row('Finistère', { rank: 2, code: '29' })])).toBeNull()
  })
})
