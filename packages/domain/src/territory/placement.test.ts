import { describe, expect, it } from 'vitest'
import { isEmptyPlace, linesChanged, moveFault, rankFault, ranksUnder } from './placement.ts'

const france = { path: 'fr/', rank: 0 } as const
const aquitaine = { path: 'fr/na/', rank: 1 } as const
const pyrenees = { path: 'fr/na/64/', rank: 2 } as const
const bretagne = { path: 'fr/br/', rank: 1 } as const

describe('where a territory may stand', () => {
  it('under any territory of a higher level, a level skipped or not', () => {
    expect(ranksUnder(0)).toEqual([1, 2, 3])
    expect(ranksUnder(3)).toEqual([])
    expect(rankFault(0, 3)).toBeNull()
    expect(rankFault(2, 2)?.code).toBe('TERRITORY_RANK')
    expect(rankFault(2, 1)?.code).toBe('TERRITORY_RANK')
  })
  it('moves under another of a higher level, itself keeping its own', () => {
    expect(moveFault(pyrenees, bretagne)).toBeNull()
    expect(moveFault(pyrenees, france)).toBeNull()
    expect(moveFault(aquitaine, bretagne)?.code).toBe('TERRITORY_RANK')
  })
  it('never under itself nor inside its own branch', () => {
    expect(moveFault(aquitaine, pyrenees)?.code).toBe('TERRITORY_CYCLE')
    expect(moveFault(pyrenees, pyrenees)?.code).toBe('TERRITORY_CYCLE')
  })
  it('the top of all stays where it is', () => {
    expect(moveFault(france, bretagne)?.code).toBe('TERRITORY_ROOT')
  })
})

describe('a moved branch', () => {
  it('leaves and joins only what its two lines do not share', () => {
    expect(linesChanged('fr/na/64/', 'fr/br/64/')).toEqual({ left: ['na'], joined: ['br'] })
    expect(linesChanged('fr/na/64/', 'fr/64/')).toEqual({ left: ['na'], joined: [] })
    expect(linesChanged('fr/64/', 'fr/64/')).toEqual({ left: [], joined: [] })
  })
})

it('a territory is empty when nothing at all stands on it', () => {
  const none = { accounts: 0, people: 0, children: 0, fields: 0, inClosed: 0 }
  expect(isEmptyPlace(none)).toBe(true)
  for (const key of ['accounts', 'inClosed', 'people', 'children', 'fields'])
    expect(isEmptyPlace({ ...none, [key]: 1 })).toBe(false)
})
