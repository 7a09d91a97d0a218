import { describe, expect, it } from 'vitest'
import { type EffortMonth, effortOf } from './effort.ts'

const months = (...each: readonly (readonly [seconds: number, reports: number, people: number])[]) =>
  each.map(
    ([seconds, reports, people], at): EffortMonth => ({
      month: `2026-${String(at + 1).padStart(2, '0')}`,
      seconds,
      reports,
      people,
    }),
  )

describe('what a report costs', () => {
  it('sets the last three months against the first three, and aims at a tenth less', () => {
    const { before, now, goal, change } = effortOf(
      months(
        [2_000, 100, 9],
        [2_000, 100, 9],
        [2_000, 100, 9],
        [1_700, 100, 9],
        [1_700, 100, 9],
        [1_700, 100, 9],
      ),
    )
    expect([before, now, goal]).toEqual([20, 17, 18])
    expect(change).toBeCloseTo(-0.15)
  })

  it('leaves out a month of fewer than five people, wherever it would count', () => {
    const effort = effortOf(
      months(
        [90_000, 100, 4],
        [1_000, 50, 5],
        [1_000, 50, 5],
        [1_000, 50, 5],
        [1_000, 50, 5],
        [90_000, 100, 1],
      ),
    )
    expect(effort.months.map(({ each }) => each)).toEqual([null, 20, 20, 20, 20, null])
    expect([effort.before, effort.now]).toEqual([20, 20])
  })

  it('says nothing of too few reports, of a short past, or of nothing at all', () => {
    expect(effortOf(months([100, 9, 9], [100, 9, 9], [100, 9, 9]))).toMatchObject({ before: null, now: null })
    expect(effortOf(months([2_000, 100, 9], [2_000, 100, 9]))).toMatchObject({
      before: null,
      now: 20,
      change: null,
    })
    expect(effortOf([])).toEqual({ months: [], before: null, now: null, goal: null, change: null })
  })
})
