import { describe, expect, it } from 'vitest'
import { DEFAULT_LEVEL_NAMES } from './founding.ts'
import { nextStep, type SetupFacts, setupSteps } from './setup.ts'

const NEW: SetupFacts = {
  levelNames: DEFAULT_LEVEL_NAMES,
  territories: 0,
  members: 1,
  reps: 0,
  fields: 0,
  accounts: false,
}
const open = (over: Partial<SetupFacts>) => nextStep(setupSteps({ ...NEW, ...over }))

describe('the set-up', () => {
  it('begins with the levels, and goes on where something is missing', () => {
    expect(open({})).toBe('levels')
    expect(open({ territories: 3 })).toBe('people')
    expect(open({ territories: 3, members: 2 })).toBe('fields')
    expect(open({ territories: 3, members: 2, fields: 1 })).toBeNull()
  })
  it('counts what was done elsewhere or out of order', () => {
    expect(open({ fields: 8, members: 4 })).toBe('levels')
    expect(setupSteps({ ...NEW, fields: 8 })).toEqual({
      levels: false,
      territories: false,
      people: false,
      fields: true,
    })
  })
  it('takes new names of levels, or territories under the usual ones, as their step done', () => {
    const renamed = DEFAULT_LEVEL_NAMES.map((name, rank) =>
      rank === 2 ? { fr: 'Agence', en: 'Branch' } : name,
    )
    expect(open({ levelNames: renamed })).toBe('territories')
    expect(open({ territories: 1 })).toBe('people')
  })
})
