import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binsOf } from './bins.ts'
import { meanOfBins, medianOfNumbers, type NumberBin } from './estimate.ts'

const AGES = { type: 'integer', min: 0, max: 100 } as const

/** What roll-ups keep of some numbers. */
function binned(numbers: readonly number[]): NumberBin[] {
  const { lower, next } = binsOf(AGES)
  const bins = new Map<number, { n: number; sum: number }>()
  for (const x of numbers) {
    const bin = bins.get(lower(x)) ?? { n: 0, sum: 0 }
    bins.set(lower(x), { n: bin.n + 1, sum: bin.sum + x })
  }
  return [...bins].map(([from, sums]) => ({ from, to: (next(from) ?? from + 1) - 1, ...sums }))
}
const numbers = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 300 })

describe('a mean of bins', () => {
  it('is that of the numbers, and its interval holds it', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const mean = meanOfBins(binned(all), true)
        expect(mean?.value).toBeCloseTo(all.reduce((a, b) => a + b, 0) / all.length, 9)
        expect(mean?.low).toBeLessThanOrEqual(mean?.value ?? Number.NaN)
        expect(mean?.high).toBeGreaterThanOrEqual(mean?.value ?? Number.NaN)
      }),
    )
  })

  it('has about the interval that the numbers themselves give', () => {
    const all = Array.from({ length: 400 }, (_, i) => (i * 37) % 101)
    const mean = all.reduce((a, b) => a + b, 0) / all.length
    const deviation = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (all.length - 1))
    const half = (1.96 * deviation) / Math.sqrt(all.length)
    expect((meanOfBins(binned(all), true)?.high ?? 0) - mean).toBeCloseTo(half, 1)
  })

  it('of none is none', () => {
    expect(meanOfBins([], true)).toBeNull()
    expect(meanOfBins([{ from: 0, to: 9, n: 0, sum: 0 }], true)).toBeNull()
  })
})

describe('a median of bins', () => {
  it('lies in the bin of the numbers’ own, and its interval holds that one', () => {
    fc.assert(
      fc.property(numbers, (all) => {
        const middle = [...all].sort((a, b) => a - b)[Math.ceil(all.length / 2) - 1] ?? Number.NaN
        const median = medianOfNumbers(binned(all))
        expect(median?.from).toBeLessThanOrEqual(middle)
        expect(median?.to).toBeGreaterThanOrEqual(middle)
        expect(median?.low).toBeLessThanOrEqual(middle)
        expect(median?.high).toBeGreaterThanOrEqual(middle)
      }),
    )
  })

  it('of a bin without an end reaches as far above its mean as it begins below', () => {
    expect(medianOfNumbers([{ from: 100, to: null, n: 3, sum: 600 }])).toMatchObject({
      value: 200,
      from: 100,
      to: null,
      high: 300,
    })
  })
})
