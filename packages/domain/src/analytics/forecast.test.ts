import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORECAST_POINTS_MIN, FORECAST_STEPS, forecast } from './forecast.ts'

const FREE = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY }
const value = fc.double({ min: -1_000, max: 1_000, noNaN: true })
const series = fc.array(value, { minLength: FORECAST_POINTS_MIN, maxLength: 40 })

/** Mulberry32, made roughly normal. */
function noise(seed: number): () => number {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return () => Array.from({ length: 12 }, next).reduce((sum, x) => sum + x, -6)
}

describe('a forecast', () => {
  it('is not made of fewer than twelve values in a row', () => {
    expect(forecast(Array(11).fill(1), FREE)).toEqual({ steps: null, why: 'short' })
    expect(forecast([...Array(20).fill(1), null, ...Array(11).fill(1)], FREE)).toEqual({
      steps: null,
      why: 'short',
    })
    expect(forecast([null, ...Array(12).fill(1)], FREE).steps).toHaveLength(FORECAST_STEPS)
  })
  it('of what never changed is the same, without doubt', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 12, max: 36 }), (constant, count) => {
        const { steps } = forecast(Array(count).fill(constant), FREE)
        for (const step of steps ?? [])
          for (const one of [step.value, step.low, step.high]) expect(one).toBeCloseTo(constant, 6)
        expect(steps).not.toBeNull()
      }),
    )
  })
  it('lies within its band, which widens with each step and is never wider than all that was seen', () => {
    fc.assert(
      fc.property(series, (values) => {
        const { steps } = forecast(values, FREE)
        if (!steps) return
        const widths = steps.map(({ low, high }) => high - low)
        for (const step of steps) {
          expect(step.low).toBeLessThanOrEqual(step.value)
          expect(step.value).toBeLessThanOrEqual(step.high)
        }
        expect(widths).toEqual(widths.toSorted((a, b) => a - b))
        const seen = Math.max(...values) - Math.min(...values)
        expect(widths.at(-1)).toBeLessThanOrEqual(seen + 1e-5)
      }),
    )
  })
  it('never leaves what its values can be', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12 }), (shares) => {
        for (const { value, low, high } of forecast(shares, { least: 0, most: 1 }).steps ?? [])
          for (const one of [value, low, high]) expect(one >= 0 && one <= 1).toBe(true)
      }),
    )
  })
  it('goes on with a trend', () => {
    const rising = Array.from({ length: 18 }, (_, at) => 100 + 5 * at)
    const { steps } = forecast(rising, FREE)
    expect(steps?.[0]?.value).toBeGreaterThan(185)
    expect(steps?.[2]?.value).toBeGreaterThan(steps?.[1]?.value ?? Number.POSITIVE_INFINITY)
  })
  it('of nothing but noise is not shown', () => {
    const next = noise(3)
    expect(forecast(Array.from({ length: 14 }, next), FREE)).toEqual({ steps: null, why: 'wide' })
  })
  it('of a trend with noise: what comes lies in the first band nine times in ten and more', () => {
    const next = noise(20_261_130)
    let [inside, shown] = [0, 0]
    for (let run = 0; run < 400; run += 1) {
      const all = Array.from({ length: 25 }, (_, at) => 3 * at + 2 * next())
      const first = forecast(all.slice(0, 24), FREE).steps?.[0]
      if (!first) continue
      shown += 1
      const came = all[24] ?? Number.NaN
      if (came >= first.low && came <= first.high) inside += 1
    }
    expect(shown).toBeGreaterThan(390)
    expect(inside / shown).toBeGreaterThan(0.9)
  })
})
