import { describe, expect, it } from 'vitest'
import { childrenOn } from './children-on.ts'

const moves = [
  { lastDay: '2026-11-10', from: 'fr/br/64/', to: 'fr/na/64/' },
  { lastDay: '2026-10-15', from: 'fr/na/64/', to: 'fr/br/64/' },
]
const on = (parent: string, present: string[], from: string, to: string) =>
  childrenOn(parent, present, { moves: moves.filter(({ lastDay }) => lastDay >= from), days: { from, to } })

describe('the territories below one over some days', () => {
  it('are those of today where nothing moved', () => {
    expect(on('fr', ['na', 'br'], '2026-01-01', '2026-11-30')).toEqual({ whole: ['na', 'br'], part: [] })
  })
  it('that left since are there, those that came since are not', () => {
    expect(on('na', ['40', '64'], '2026-09-01', '2026-10-15').whole).toEqual(['40', '64'])
    expect(on('br', ['29'], '2026-09-01', '2026-10-15')).toEqual({ whole: ['29'], part: [] })
    expect(on('br', ['29'], '2026-10-16', '2026-11-10')).toEqual({ whole: ['29', '64'], part: [] })
    expect(on('na', ['40', '64'], '2026-10-16', '2026-11-10')).toEqual({ whole: ['40'], part: [] })
    expect(on('na', ['40', '64'], '2026-11-11', '2026-11-30')).toEqual({ whole: ['40', '64'], part: [] })
  })
  it('that were elsewhere for a part are named apart, under both', () => {
    expect(on('na', ['40', '64'], '2026-10-15', '2026-10-16')).toEqual({ whole: ['40'], part: ['64'] })
    expect(on('br', ['29'], '2026-10-01', '2026-11-30')).toEqual({ whole: ['29'], part: ['64'] })
  })
  it('of a move that was taken back on its day are as if it had not been made', () => {
    const back = [
      { lastDay: '2026-11-10', from: 'fr/br/64/', to: 'fr/na/64/' },
      { lastDay: '2026-11-10', from: 'fr/na/64/', to: 'fr/br/64/' },
    ]
    const days = { from: '2026-11-01', to: '2026-11-30' }
    expect(childrenOn('na', ['64'], { moves: back, days })).toEqual({ whole: ['64'], part: [] })
    expect(childrenOn('br', [], { moves: back, days })).toEqual({ whole: [], part: [] })
  })
})
