import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childPath, isWithin, pathIds } from './path.ts'
import { type BranchMove, linesOf, pathThen } from './path-then.ts'

describe('the path that a territory had', () => {
  it('is the one it has where nothing moved since', () => {
    const moves = [{ at: 10, from: 'fr/na/64/', to: 'fr/br/64/' }]
    expect(pathThen('fr/br/64/pb/', moves, 10)).toBe('fr/br/64/pb/')
    expect(pathThen('fr/br/29/', moves, 9)).toBe('fr/br/29/')
  })
  it('is that of its branch before the move', () => {
    expect(pathThen('fr/br/64/pb/', [{ at: 10, from: 'fr/na/64/', to: 'fr/br/64/' }], 9)).toBe('fr/na/64/pb/')
  })
  it('is found again after any moves, at every instant between them', () => {
    const steps = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { maxLength: 12 })
    fc.assert(
      fc.property(steps, (chosen) => {
        let tree = new Map([['r', 'r/'], ...'abcdefgh'.split('').map((id) => [id, `r/${id}/`] as const)])
        const moves: BranchMove[] = []
        const history = [tree]
        for (const [branch, parent] of chosen) {
          const ids = [...tree.keys()]
          const from = tree.get(ids[1 + (branch % (ids.length - 1))] ?? '') ?? ''
          const under = tree.get(ids[parent % ids.length] ?? '') ?? ''
          if (isWithin(from, under)) continue
          const to = childPath(under, pathIds(from).at(-1) ?? '')
          tree = new Map(
            [...tree].map(([id, path]) => [id, isWithin(from, path) ? to + path.slice(from.length) : path]),
          )
          moves.unshift({ at: history.length, from, to })
          history.push(tree)
        }
        for (const [instant, then] of history.entries())
          for (const [id, path] of then) expect(pathThen(tree.get(id) ?? '', moves, instant)).toBe(path)
      }),
    )
  })
})

describe('the line of a territory', () => {
  const paths = new Map([['pb', 'fr/br/64/pb/']])
  const lineOf = linesOf(paths, [
    { lastDay: '2026-11-20', from: 'fr/64/', to: 'fr/br/64/' },
    { lastDay: '2026-10-31', from: 'fr/na/64/', to: 'fr/64/' },
  ])
  it('is today’s without a day, and that of the day with one', () => {
    expect(lineOf('pb')).toEqual(['fr', 'br', '64', 'pb'])
    expect(lineOf('pb', '2026-11-21')).toEqual(['fr', 'br', '64', 'pb'])
    expect(lineOf('pb', '2026-11-20')).toEqual(['fr', '64', 'pb'])
    expect(lineOf('pb', '2026-11-01')).toEqual(['fr', '64', 'pb'])
    expect(lineOf('pb', '2026-10-31')).toEqual(['fr', 'na', '64', 'pb'])
  })
  it('of an unknown one is empty', () => {
    expect(lineOf('64')).toEqual([])
    expect(lineOf('64', '2026-10-01')).toEqual([])
  })
})
