import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askAgainAfter, PAIRS_MIN } from './steadiness.ts'

describe('an answer that seldom changes', () => {
  it('is asked again the later the rarer it changes', () => {
    const after = (same: number) => askAgainAfter({ pairs: 1000, same, gapDays: 30 })
    expect([1000, 970, 960, 925, 899].map(after)).toEqual([365, 180, 180, 90, null])
  })

  it('is asked at each visit where too few were looked at, or where visits are far apart', () => {
    expect(askAgainAfter({ pairs: PAIRS_MIN - 1, same: PAIRS_MIN - 1, gapDays: 10 })).toBeNull()
    expect(askAgainAfter({ pairs: 1000, same: 1000, gapDays: 200 })).toBeNull()
    expect(askAgainAfter({ pairs: 1000, same: 1000, gapDays: 0 })).toBeNull()
  })

  it('is never put off longer for having changed more often', () => {
    const pairs = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(pairs, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 400 }), (pairs, a, b, gapDays) => {
        const [less, more] = [a % (pairs + 1), b % (pairs + 1)].sort((x, y) => x - y) as [number, number]
        const [early, late] = [less, more].map((same) => askAgainAfter({ pairs, same, gapDays }) ?? 0)
        expect(early).toBeLessThanOrEqual(late ?? 0)
      }),
    )
  })
})
