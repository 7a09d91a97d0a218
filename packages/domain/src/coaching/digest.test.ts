import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TerritoryTree } from '../insight/territory-tree.ts'
import { BEHIND_MOST, type DigestTally, foldDigests, spanStart } from './digest.ts'

const PARENTS: Readonly<Record<string, string | null>> = { fr: null, aq: 'fr', pb: 'aq', be: 'aq', br: 'fr' }
const tree = new TerritoryTree(Object.entries(PARENTS).map(([id, parentId]) => ({ id, parentId, people: 0 })))
const isUnder = (id: string, top: string): boolean => {
  for (let at: string | null = id; at !== null; at = PARENTS[at] ?? null) if (at === top) return true
  return false
}
const tally = fc.record<DigestTally>({
  territoryId: fc.constantFrom(...Object.keys(PARENTS), 'elsewhere'),
  figure: fc.constantFrom('known', 'reports', 'field:f'),
  n: fc.integer({ min: 1, max: 9 }),
})

describe('a digest', () => {
  it('of a branch counts exactly what its territories count, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 40 }), (tallies) => {
        const digests = foldDigests(tree, tallies)
        for (const top of Object.keys(PARENTS))
          for (const figure of ['known', 'reports', 'field:f'] as const) {
            const below = tallies.filter((one) => one.figure === figure && isUnder(one.territoryId, top))
            const sum = below.reduce((total, { n }) => total + n, 0)
            expect(digests.get(top)?.counts[figure] ?? 0).toBe(sum)
          }
        expect(foldDigests(tree, tallies.toReversed())).toEqual(digests)
      }),
    )
  })

  it('leads to the latest accounts of all its territories, and no further than a person reads', () => {
    const accounts = (day: string) =>
      Array.from({ length: BEHIND_MOST }, (_, at) => ({ id: `${day}-${100 + at}`, day }))
    const digests = foldDigests(tree, [
      { territoryId: 'pb', figure: 'known', n: 60, accounts: accounts('2026-11-02') },
      { territoryId: 'be', figure: 'known', n: 2, accounts: [{ id: 'last', day: '2026-11-20' }] },
    ])
    const behind = digests.get('aq')?.behind.known
    expect(behind).toHaveLength(BEHIND_MOST)
    expect(behind?.[0]).toEqual({ id: 'last', day: '2026-11-20' })
    expect(digests.get('br')).toBeUndefined()
  })

  it('begins with a month, the one before this or three before', () => {
    expect(spanStart('month', '2026-01-01')).toBe('2025-12-01')
    expect(spanStart('quarter', '2026-11-30')).toBe('2026-08-01')
  })
})
