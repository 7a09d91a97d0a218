import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import { dueVisits } from '../agenda/due-visits.ts'
import { account } from '../giveback/fixture.ts'
import { dueObjectives, meantBy, progressOf } from './due-objectives.ts'
import type { ToldObjective } from './objective.ts'

const TODAY = '2026-11-24'
const ago = (days: number): string => addDays(TODAY, -days)
const objective = (over: Partial<ToldObjective> = {}): ToldObjective => ({
  id: 'o',
  path: 'fr/64/',
  territoryName: '64',
  segment: { kind: null, answer: null },
  label: null,
  why: 'La foire est le 12',
  by: 'Claire',
  everyWeeks: null,
  fromDay: ago(10),
  toDay: addDays(TODAY, 10),
  refused: [],
  ...over,
})
const rows = (...accounts: ReturnType<typeof account>[]) => ({
  territories: [
    { id: 'h', path: 'fr/64/pb/' },
    { id: 'other', path: 'fr/40/' },
  ],
  accounts,
  contacts: [{ accountId: 'b', values: { f: { v: 1, x: true } } }],
})
const at = (id: string, over: Parameters<typeof account>[1] = {}) =>
  account(id, { territoryId: 'h', ...over })
const due = (one: ToldObjective, ...accounts: ReturnType<typeof account>[]) => [
  ...dueObjectives([one], rows(...accounts), TODAY).keys(),
]

describe('the accounts of an objective', () => {
  it('lie in its branch, are of its kind and give one of its answers', () => {
    const accounts = [
      at('a', { values: { f: { v: 1, x: ['x', 'y'] } } }),
      at('b', { kind: 'prospect' }),
      account('c', { territoryId: 'other' }),
    ]
    const meant = (segment: ToldObjective['segment']) =>
      meantBy(objective({ segment }), rows(...accounts)).map(({ id }) => id)
    expect(meant({ kind: null, answer: null })).toEqual(['a', 'b'])
    expect(meant({ kind: 'prospect', answer: null })).toEqual(['b'])
    expect(meant({ kind: null, answer: { fieldId: 'f', of: 'account', options: ['y'] } })).toEqual(['a'])
    expect(meant({ kind: null, answer: { fieldId: 'f', of: 'contact', options: ['true'] } })).toEqual(['b'])
  })
  it('once: due until a visit of the period, on its first day too', () => {
    expect(due(objective(), at('a', { lastVisitDay: ago(11) }))).toEqual(['a'])
    expect(due(objective(), at('a', { lastVisitDay: ago(10) }))).toEqual([])
    expect(due(objective(), at('a'))).toEqual(['a'])
  })
  it('every two weeks: due on the fourteenth day, not on the thirteenth', () => {
    const every = objective({ everyWeeks: 2 })
    expect(due(every, at('a', { lastVisitDay: ago(14) }))).toEqual(['a'])
    expect(due(every, at('a', { lastVisitDay: ago(13) }))).toEqual([])
  })
  it('are due on its first and its last day, and on none before or after', () => {
    const on = (fromDay: string, toDay: string) => due(objective({ fromDay, toDay }), at('a'))
    expect([on(TODAY, TODAY), on(addDays(TODAY, 1), addDays(TODAY, 2)), on(ago(2), ago(1))]).toEqual([
      ['a'],
      [],
      [],
    ])
  })
  it('are due for nobody once somebody does not take them on', () => {
    const refused = [{ accountId: 'a', word: 'Fermé', by: 'Paul', own: false }]
    expect(due(objective({ refused }), at('a'), at('b'))).toEqual(['b'])
  })
  it('of two, the one that ends first says why', () => {
    const late = objective({ id: 'late', toDay: addDays(TODAY, 20) })
    expect(dueObjectives([late, objective()], rows(at('a')), TODAY).get('a')?.id).toBe('o')
  })
  it('are seen, due or refused: each in one of the three', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }), { maxLength: 20 }),
        fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
        (seen, everyWeeks) => {
          const accounts = seen.map((days, i) =>
            at(`a${i}`, { lastVisitDay: days === null ? null : ago(days) }),
          )
          const refused = accounts
            .filter((_, i) => i % 3 === 0)
            .map(({ id }) => ({ accountId: id, word: 'x', by: 'y', own: true }))
          const one = objective({ everyWeeks, refused })
          const progress = progressOf(one, rows(...accounts), TODAY)
          expect(progress.seen + progress.due + progress.refused).toBe(accounts.length)
          expect(due(one, ...accounts)).toHaveLength(progress.due)
        },
      ),
    )
  })
})

describe('a visit that an objective asks for', () => {
  it('stands with what a manager set first of all, before what he set second and what is only late', () => {
    const accounts = [
      at('late', { lastVisitDay: ago(400) }),
      at('meant', { lastVisitDay: ago(20) }),
      at('first', { lastVisitDay: ago(21), priority: 3 }),
      at('second', { lastVisitDay: ago(50), priority: 2 }),
    ]
    const objectives = new Map([['meant', objective()]])
    expect(dueVisits({ accounts, callbacks: [], objectives }, TODAY)).toMatchObject([
      { accountId: 'first' },
      { accountId: 'meant', reasons: [{ code: 'OBJECTIVE', why: 'La foire est le 12', by: 'Claire' }] },
      { accountId: 'second' },
      { accountId: 'late' },
    ])
  })
})
