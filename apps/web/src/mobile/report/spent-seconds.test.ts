import { describe, expect, it } from 'vitest'
import { withSpent } from './spent-seconds.ts'

describe('seconds spent on a question', () => {
  it('add up to the second', () => {
    expect(withSpent(3, 4_400)).toBe(7)
  })
  it('of a clock that was set back are none, and of one that jumped hours ahead a minute', () => {
    expect(withSpent(3, -7_200_000)).toBe(3)
    expect(withSpent(3, 7_200_000)).toBe(63)
  })
  it('never shrink, nor pass an hour, whatever the clock does', () => {
    const jumps = [400, -9e12, 61_000, Number.NEGATIVE_INFINITY, 9e15, 1, -1, Number.POSITIVE_INFINITY]
    let seconds = 0
    for (let at = 0; at < 2_000; at++) {
      const next = withSpent(seconds, jumps[at % jumps.length] ?? 0)
      expect(next).toBeGreaterThanOrEqual(seconds)
      expect(next).toBeLessThanOrEqual(3_600)
      seconds = next
    }
    expect(seconds).toBe(3_600)
  })
})
