import { describe, expect, it } from 'vitest'
import type { Stratum } from './stratum.ts'
import { weigh } from './weigh.ts'

/** k of n here, against k of n there. */
const stratum = (
  part: number,
  here: readonly [number, number],
  there: readonly [number, number],
): Stratum => ({
  a: here[0],
  exposed: here[1],
  positive: here[0] + there[0],
  n: here[1] + there[1],
  part,
  cluster: part,
})

describe('what strata say together', () => {
  it('an effect within each is told with its odds, its interval and its shares', () => {
    const weighed = weigh([1, 2, 3].map((part) => stratum(part, [40, 100], [25, 100])))
    expect(weighed).toMatchObject({ direction: 'more', here: { k: 120, n: 300 }, there: { k: 75, n: 300 } })
    expect(weighed?.effect.odds).toBeCloseTo(2, 1)
    expect(weighed?.effect.difference).toBeCloseTo(0.15, 6)
    expect(weighed?.effect.low).toBeGreaterThan(1.3)
    expect(weighed?.effect.high).toBeLessThan(3)
  })
  it('shares that differ by territory alone are not an effect (confounder)', () => {
    expect(weigh([stratum(1, [80, 200], [20, 50]), stratum(2, [5, 50], [20, 200])])).toBeNull()
  })
  it('a part that says the contrary silences the whole', () => {
    const same = [1, 2, 3].map((part) => stratum(part, [40, 100], [25, 100]))
    expect(weigh([...same, stratum(4, [25, 100], [40, 100])])).toBeNull()
  })
  it('what one part alone says is left to that part', () => {
    expect(weigh([stratum(1, [90, 150], [30, 150]), stratum(2, [40, 150], [40, 150])])).toBeNull()
  })
  it('plain shares that say the contrary would be read as the contrary', () => {
    const strata = [stratum(1, [30, 40], [200, 400]), stratum(2, [80, 400], [4, 40])]
    expect(weigh(strata)).toBeNull()
  })
  it('an effect too small to matter is not told, however certain', () => {
    expect(weigh([1, 2, 3].map((part) => stratum(part, [31_000, 100_000], [29_000, 100_000])))).toBeNull()
  })
  it('homes that differ much more than by chance make it less certain', () => {
    const even = Array.from({ length: 12 }, (_, at) => ({ ...stratum(0, [40, 100], [25, 100]), cluster: at }))
    const uneven = even.map((_, at) => ({
      ...stratum(0, at % 2 === 0 ? [65, 100] : [15, 100], [25, 100]),
      cluster: at,
    }))
    expect(weigh(even)?.p).toBeLessThan(1e-10)
    expect(weigh(uneven)?.p).toBeGreaterThan(0.001)
  })
  it('nobody or everybody a case keeps the ratio finite; no variance says nothing', () => {
    const certain = weigh([1, 2].map((part) => stratum(part, [60, 60], [20, 60])))
    expect(Number.isFinite(certain?.effect.high)).toBe(true)
    expect(weigh([stratum(1, [60, 60], [60, 60])])).toBeNull()
    expect(weigh([])).toBeNull()
  })
})
