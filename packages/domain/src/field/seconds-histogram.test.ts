import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianOfBins, SECONDS_MOST, type SecondsBin, secondsBin } from './seconds-histogram.ts'

const binned = (times: readonly number[]): SecondsBin[] => {
  const bins = new Map<number, number>()
  for (const time of times) bins.set(secondsBin(time), (bins.get(secondsBin(time)) ?? 0) + 1)
  return [...bins].map(([from, n]) => ({ from, n }))
}
const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length / 2) - 1] ?? Number.NaN

const seconds = fc.oneof(
  fc.nat({ max: 12 }),
  fc.nat({ max: SECONDS_MOST }),
  fc.constantFrom(0, SECONDS_MOST - 1, SECONDS_MOST),
)

describe('seconds kept by bins', () => {
  it('are exact up to six seconds, and within a quarter above', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(secondsBin)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect([7, 8, 9, 12, 15, 31, 3599, 3600].map(secondsBin)).toEqual([6, 8, 8, 10, 13, 25, 3162, 3162])
  })

  it('of a clock gone mad stand in the first bin or the last', () => {
    expect([-5, 1e9].map(secondsBin)).toEqual([0, 3162])
  })

  it('tell the median of the times, up to the width of its bin, and between which two it lies', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 80 }), (times) => {
        const told = medianOfBins(binned(times))
        if (!told) throw new Error('no median')
        const truth = median(times)
        expect(told.from <= truth && truth <= told.to).toBe(true)
        expect(told.from <= told.seconds && told.seconds <= told.to).toBe(true)
        expect(Math.abs(told.seconds - truth)).toBeLessThanOrEqual(told.to - told.from)
        expect(told.to - told.from).toBeLessThanOrEqual(Math.max(0, 0.3 * told.from))
      }),
    )
  })

  it('tell the same whatever their order, and in however many parts they came', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1 }), (times) => {
        const apart = times.map((time) => ({ from: secondsBin(time), n: 1 }))
        expect(medianOfBins(apart.reverse())?.from).toEqual(medianOfBins(binned(times))?.from)
      }),
    )
  })

  it('say nothing of no time at all', () => {
    expect(medianOfBins([])).toBeNull()
    expect(medianOfBins([{ from: 3, n: 0 }])).toBeNull()
  })
})
