import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childPath, isWithin, type Path, pathIds } from './path.ts'
import { shiftsOf } from './shift.ts'

describe('what moves change in the counts above', () => {
  it('branches that go the same way are counted together', () => {
    expect(
      shiftsOf([
        { id: '64', from: 'fr/na/64/', to: 'fr/br/64/' },
        { id: '40', from: 'fr/na/40/', to: 'fr/br/40/' },
        { id: '29', from: 'fr/br/29/', to: 'fr/29/' },
      ]),
    ).toEqual([
      {
        tops: ['64', '40'],
        at: [
          { id: 'na', times: -1 },
          { id: 'br', times: 1 },
        ],
      },
      { tops: ['29'], at: [{ id: 'br', times: -1 }] },
    ])
  })
  it('added to the counts before, makes those of the tree after', () => {
    const ids = 'abcdefghij'.split('')
    const drawn = fc.tuple(
      fc.array(fc.nat(99), { minLength: ids.length, maxLength: ids.length }),
      fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 8 }),
    )
    fc.assert(
      fc.property(drawn, ([under, moves]) => {
        const parents = new Map<string, string>()
        for (const [at, id] of ids.entries())
          parents.set(id, ['r', ...ids.slice(0, at)][(under[at] ?? 0) % (at + 1)] ?? 'r')
        const path = (id: string): Path => childPath(id === 'r' ? '' : path(parents.get(id) ?? 'r'), id)
        const paths = () => new Map(['r', ...ids].map((id) => [id, path(id)]))
        const own = new Map(ids.map((id, at) => [id, at + 1]))
        const counts = () => {
          const sums = new Map<string, number>()
          for (const [id, n] of own)
            for (const above of pathIds(path(id))) sums.set(above, (sums.get(above) ?? 0) + n)
          return sums
        }
        const start = paths()
        const before = counts()
        const moved = new Set<string>()
        for (const [a, b] of moves) {
          const id = ids[a % ids.length] ?? ''
          const to = ['r', ...ids][b % (ids.length + 1)] ?? ''
          const from = start.get(id) ?? ''
          const nested = [...moved].some(
            (other) => isWithin(start.get(other) ?? '', from) || isWithin(from, start.get(other) ?? ''),
          )
          if (nested || isWithin(path(id), path(to))) continue
          parents.set(id, to)
          moved.add(id)
        }
        const end = paths()
        const placed = [...moved].map((id) => ({ id, from: start.get(id) ?? '', to: end.get(id) ?? '' }))
        const shifted = new Map(before)
        for (const { tops, at } of shiftsOf(placed))
          for (const { id, times } of at)
            for (const top of tops) shifted.set(id, (shifted.get(id) ?? 0) + times * (before.get(top) ?? 0))
        const full = (of: ReadonlyMap<string, number>) => [...of].filter(([, n]) => n !== 0).sort()
        expect(full(shifted)).toEqual(full(counts()))
      }),
    )
  })
})
