import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchRange, childPath, isWithin, outermost, parentPath, pathIds } from './path.ts'

/** Ids that are prefixes of each other on purpose. */
const id = fc.constantFrom('a', 'ab', 'abc', 'b', '0', '1', '10', 'z')
const path = fc.array(id, { minLength: 1, maxLength: 4 }).map((ids) => ids.reduce(childPath, ''))

describe('paths', () => {
  it('of the territory above is what is left without its last id', () => {
    expect([parentPath('fr/na/64/'), parentPath('fr/')]).toEqual(['fr/na/', ''])
  })
  it('are the ids from the root down, each followed by a slash', () => {
    expect(childPath(childPath('', 'fr'), 'na')).toBe('fr/na/')
    expect(pathIds('fr/na/64/')).toEqual(['fr', 'na', '64'])
    expect(pathIds('')).toEqual([])
  })
  it('a territory is within its own branch, its parent is not', () => {
    expect(isWithin('fr/na/', 'fr/na/')).toBe(true)
    expect(isWithin('fr/na/', 'fr/na/64/')).toBe(true)
    expect(isWithin('fr/na/64/', 'fr/na/')).toBe(false)
  })
  it('a sibling whose id begins alike is not within', () => {
    expect(isWithin('fr/a/', 'fr/ab/')).toBe(false)
  })
  it('the range of a branch holds exactly what is within it, byte by byte', () => {
    fc.assert(
      fc.property(path, path, (branch, other) => {
        const { from, to } = branchRange(branch)
        expect(from <= other && other < to).toBe(isWithin(branch, other))
      }),
    )
  })
})

describe('outermost branches', () => {
  it('one that lies inside another, or comes twice, is dropped', () => {
    expect(outermost(['fr/na/64/', 'fr/na/', 'fr/na/', 'fr/br/'])).toEqual(['fr/br/', 'fr/na/'])
  })
  it('reach the same places, and none lies inside another', () => {
    fc.assert(
      fc.property(fc.array(path), path, (branches, place) => {
        const kept = outermost(branches)
        const reaches = (list: readonly string[]) => list.some((branch) => isWithin(branch, place))
        expect(reaches(kept)).toBe(reaches(branches))
        for (const a of kept) for (const b of kept) if (a !== b) expect(isWithin(a, b)).toBe(false)
      }),
    )
  })
})
