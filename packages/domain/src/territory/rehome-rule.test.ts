import { describe, expect, it } from 'vitest'
import { passes, type RuledAccount, rehomeRule, streetOf } from './rehome-rule.ts'

const at = (street: string | null, city: string | null = 'Bayonne', over: Partial<RuledAccount> = {}) => ({
  id: '019a0000-0000-7000-8000-000000000001',
  street,
  city,
  values: {},
  ...over,
})

describe('a street is told from its number', () => {
  it.each([
    ['12 rue des Halles', 12, 'rue des halles'],
    ['12 bis, rue des Halles', 12, 'rue des halles'],
    ['12B rue des Halles', 12, 'rue des halles'],
    ['7, Allées Boufflers', 7, 'allees boufflers'],
    ['Rue des Halles', null, 'rue des halles'],
    ['8 Avenue du 8 Mai 1945', 8, 'avenue du 8 mai 1945'],
  ])('%s', (text, number, key) => {
    expect(streetOf(text)).toMatchObject({ number, key })
  })
})

describe('accounts pass', () => {
  it('by town, written with accents and capitals or without', () => {
    const rule = { by: 'towns' as const, towns: ['Hendaye', 'SAINT JEAN DE LUZ'] }
    expect(passes(rule, at(null, 'Saint-Jean-de-Luz'))).toBe(true)
    expect(passes(rule, at(null, 'Bayonne'))).toBe(false)
    expect(passes(rule, at(null, null))).toBe(false)
  })
  it('by the side of a street of a town; what bears no number goes with all of it alone', () => {
    const rule = (side: 'odd' | 'even' | 'all') =>
      ({ by: 'street', town: 'bayonne', street: 'Rue des Halles', side }) as const
    const sides = (street: string) =>
      (['odd', 'even', 'all'] as const).filter((side) => passes(rule(side), at(street)))
    expect(sides('11 rue des Halles')).toEqual(['odd', 'all'])
    expect(sides('12 bis rue des halles')).toEqual(['even', 'all'])
    expect(sides('Rue des Halles')).toEqual(['all'])
    expect(sides('12 rue des Basques')).toEqual([])
    expect(passes(rule('all'), at('11 rue des Halles', 'Pau'))).toBe(false)
  })
  it('by an answer, among several too', () => {
    const fieldId = '019a0000-0000-7000-8000-000000000002'
    const rule = (option: string) => ({ by: 'answer', fieldId, option }) as const
    const values = (x: string | boolean | string[] | null) =>
      at(null, null, { values: { [fieldId]: { v: 1, x } } })
    expect(passes(rule('true'), values(true))).toBe(true)
    expect(passes(rule('true'), values(false))).toBe(false)
    expect(passes(rule('wood'), values(['stone', 'wood']))).toBe(true)
    expect(passes(rule('null'), values(null))).toBe(false)
    expect(passes(rule('wood'), at(null))).toBe(false)
  })
  it('by hand, or all of them', () => {
    expect(passes({ by: 'accounts', ids: [at(null).id] }, at(null))).toBe(true)
    expect(passes({ by: 'all' }, at(null))).toBe(true)
  })
})

it('a rule that names nothing is refused', () => {
  expect(rehomeRule.safeParse({ by: 'towns', towns: [] }).success).toBe(false)
  expect(rehomeRule.safeParse({ by: 'street', town: 'Pau', street: ' ', side: 'odd' }).success).toBe(false)
})
