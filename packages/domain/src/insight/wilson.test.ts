import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRates } from './compare-rates.ts'
import { wilson } from './wilson.ts'

const cases = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }))

describe('wilson interval', () => {
  it('agrees with the published example: 81 of 263 gives 0.2553 to 0.3662 (Newcombe 1998, table I, method 3)', () => {
    const { low, high } = wilson(81, 263)
    expect(low).toBeCloseTo(0.2553, 4)
    expect(high).toBeCloseTo(0.3662, 4)
  })
  it('agrees with the published example: 15 of 148 gives 0.0624 to 0.1605', () => {
    const { low, high } = wilson(15, 148)
    expect(low).toBeCloseTo(0.0624, 4)
    expect(high).toBeCloseTo(0.1605, 4)
  })
  it('0 of 20 gives 0 to 0.1611', () => {
    expect(wilson(0, 20).low).toBe(0)
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4)
  })
  it('no case says nothing: 0 to 1', () => {
    expect(wilson(0, 0)).toEqual({ k: 0, n: 0, share: 0, low: 0, high: 1 })
  })
  it('holds the share, stays within 0 and 1, and mirrors its complement', () => {
    fc.assert(
      fc.property(cases, ({ k, n }) => {
        const rate = wilson(k, n)
        const other = wilson(n - k, n)
        expect(rate.low).toBeGreaterThanOrEqual(0)
        expect(rate.high).toBeLessThanOrEqual(1)
        expect(rate.low).toBeLessThanOrEqual(rate.share)
        expect(rate.high).toBeGreaterThanOrEqual(rate.share)
        expect(rate.low).toBeCloseTo(1 - other.high, 12)
      }),
    )
  })
  it('more cases of the same share never widen it', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 2, max: 20 }), ({ k, n }, times) => {
        const few = wilson(k, n)
        const many = wilson(k * times, n * times)
        expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low)
      }),
    )
  })
})

describe('comparison of two rates', () => {
  it('23 of 31 against 11 of 34 is higher; 3 of 8 against 30 of 100 is unclear', () => {
    expect(compareRates({ k: 23, n: 31 }, { k: 11, n: 34 }).verdict).toBe('higher')
    expect(compareRates({ k: 3, n: 8 }, { k: 30, n: 100 }).verdict).toBe('unclear')
  })
  it('intervals that overlap are never called different, and the two directions mirror', () => {
    fc.assert(
      fc.property(cases, cases, (a, b) => {
        const { verdict, here, there } = compareRates(a, b)
        expect(verdict === 'unclear').toBe(here.low <= there.high && there.low <= here.high)
        const mirror = compareRates(b, a).verdict
        expect(mirror).toBe(verdict === 'higher' ? 'lower' : verdict === 'lower' ? 'higher' : 'unclear')
      }),
    )
  })
  it('no case on one side is unclear', () => {
    expect(compareRates({ k: 0, n: 0 }, { k: 900, n: 1000 }).verdict).toBe('unclear')
  })
})
