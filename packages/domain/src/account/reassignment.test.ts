import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitting, questionsGainedAndLost, undoUntil, whoGainsAndLoses } from './reassignment.ts'

const FRANCE = 'f/'
const BASQUE = 'f/p/b/'
const BEARN = 'f/p/n/'
const homes = [
  { path: BASQUE, accounts: 30 },
  { path: BEARN, accounts: 12 },
]
const person = (displayName: string, path: string) => ({ membershipId: displayName, displayName, path })

describe('accounts given to another place', () => {
  it('are gained by who reaches it and did not reach them all, and lost by who does not', () => {
    const people = [
      person('Marc', BASQUE),
      person('Léa', BEARN),
      person('Chef', 'f/p/'),
      person('Yann', 'f/z/'),
    ]
    expect(whoGainsAndLoses(people, homes, BEARN)).toEqual({
      gain: [{ displayName: 'Léa', accounts: 30 }],
      lose: [{ displayName: 'Marc', accounts: 30 }],
    })
    expect(whoGainsAndLoses(people, homes, 'f/z/').lose.map(({ displayName }) => displayName)).toEqual([
      'Chef',
      'Marc',
      'Léa',
    ])
  })
  it('change nothing for who holds several places that reach them before and after', () => {
    const both = [person('Marc', BASQUE), person('Marc', BEARN)]
    expect(whoGainsAndLoses(both, homes, BEARN)).toEqual({ gain: [], lose: [] })
  })
  it('gain the questions of their new path and lose those of their old ones', () => {
    const questions = [
      { id: 'all', path: FRANCE },
      { id: 'basque', path: BASQUE },
      { id: 'bearn', path: BEARN },
    ]
    const { gained, lost } = questionsGainedAndLost(questions, homes, BEARN)
    expect([gained.map(({ id }) => id), lost.map(({ id }) => id)]).toEqual([['bearn'], ['basque']])
  })
})

it('a batch takes the first accounts as far as their reports allow, and always one', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(counts, (all) => {
      const taken = fitting(
        all.map((reports) => ({ reports })),
        5_000,
      ).map(({ reports }) => reports)
      expect(taken.length).toBeGreaterThan(0)
      expect(all.slice(0, taken.length)).toEqual(taken)
      const sum = taken.reduce((a, b) => a + b, 0)
      expect(taken.length === 1 || sum <= 5_000).toBe(true)
      const next = all[taken.length]
      if (next !== undefined) expect(sum + next).toBeGreaterThan(5_000)
    }),
  )
})

it('it can be taken back for a week', () => {
  expect(undoUntil(new Date('2026-11-20T10:00:00Z')).toISOString()).toBe('2026-11-27T10:00:00.000Z')
})
