import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOrder, standings, standsAfter } from './question-order.ts'

const at = (id: string, position: number) => ({ id, position })

describe('the order of a question', () => {
  it('may be first, or behind any neighbour that leaves room', () => {
    expect(standings([at('a', 1), at('c', 2)], 'b')).toEqual([
      { after: null, position: 0 },
      { after: 'a', position: 1 },
      { after: 'c', position: 3 },
    ])
  })
  it('among neighbours at the same position is the one its id gives, or the last', () => {
    expect(standings([at('a', 0), at('c', 0)], 'b').map(({ after }) => after)).toEqual(['a', 'c'])
    expect(standings([at('c', 0), at('d', 0)], 'b').map(({ after }) => after)).toEqual([null, 'd'])
  })
  it('is never one that cannot be had', () => {
    const neighbour = fc.record({ id: fc.constantFrom('a', 'b', 'd', 'e'), position: fc.nat({ max: 3 }) })
    fc.assert(
      fc.property(fc.uniqueArray(neighbour, { selector: ({ id }) => id }), (neighbours) => {
        for (const { after, position } of standings(neighbours, 'c')) {
          const list = inOrder([...neighbours, at('c', position)]).map(({ id }) => id)
          expect(list[list.indexOf('c') - 1] ?? null).toBe(after)
          expect(standsAfter(neighbours, at('c', position))).toBe(after)
        }
      }),
    )
  })
})
