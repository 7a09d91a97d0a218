import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CampaignDice } from './campaign-dice.ts'
import { exactP } from './exact-tail.ts'
import { normalTail } from './normal-tail.ts'
import type { Stratum, Table } from './stratum.ts'

const stratum = (a: number, exposed: number, positive: number, n: number): Stratum => ({
  a,
  exposed,
  positive,
  n,
  part: 0,
  cluster: 0,
})

const choose = (n: number, k: number): number => {
  let ways = 1
  for (let at = 1; at <= k; at++) ways *= (n - k + at) / at
  return ways
}

/** The distribution of the sum over strata, by adding up every way. */
function everyWay(strata: readonly Table[]): number[] {
  let sums = [1]
  for (const { exposed, positive, n } of strata) {
    const next: number[] = Array.from({ length: sums.length + Math.min(exposed, positive) }, () => 0)
    for (const [at, chance] of sums.entries()) {
      for (let k = 0; k <= Math.min(exposed, positive); k++) {
        if (positive - k > n - exposed) continue
        const ways = (choose(exposed, k) * choose(n - exposed, positive - k)) / choose(n, positive)
        next[at + k] = (next[at + k] ?? 0) + chance * ways
      }
    }
    sums = next
  }
  return sums
}

const upper = (chances: readonly number[], from: number) => chances.slice(from).reduce((sum, p) => sum + p, 0)

describe('tail of the exact conditional test', () => {
  it("agrees with Fisher's exact test: 18 of 20 against 8 of 20", () => {
    const table = stratum(18, 20, 26, 40)
    const exact = 2 * upper(everyWay([table]), 18)
    expect(Math.abs(exactP([table]) / exact - 1)).toBeLessThan(0.05)
  })
  it('agrees with every way counted, far out and over many small strata, within a tenth', () => {
    const strata = Array.from({ length: 30 }, (_, at) => stratum(at % 3 === 0 ? 3 : 2, 5, 5, 16))
    const total = strata.reduce((sum, { a }) => sum + a, 0)
    const exact = 2 * upper(everyWay(strata), total)
    expect(exact).toBeLessThan(1e-4)
    expect(Math.abs(exactP(strata) / exact - 1)).toBeLessThan(0.1)
  })
  it('few cases do not look rarer than they are, where the normal tail is wrong a thousand times', () => {
    const rare = [stratum(14, 300, 30, 3_000)]
    const exact = 2 * upper(everyWay(rare), 14)
    const deviation = (14 - 3 - 0.5) / Math.sqrt((300 * 2_700 * 30 * 2_970) / (3_000 ** 2 * 2_999))
    expect(2 * normalTail(deviation)).toBeLessThan(exact / 500)
    expect(Math.abs(exactP(rare) / exact - 1)).toBeLessThan(0.05)
  })
  it('does not mind which side is called exposed, or which answer a case', () => {
    const tables = fc.record({ n: fc.integer({ min: 4, max: 60 }) }).chain(({ n }) =>
      fc.record({
        n: fc.constant(n),
        exposed: fc.integer({ min: 1, max: n - 1 }),
        positive: fc.integer({ min: 1, max: n - 1 }),
      }),
    )
    const drawn = tables.chain(({ n, exposed, positive }) =>
      fc
        .integer({ min: Math.max(0, exposed + positive - n), max: Math.min(exposed, positive) })
        .map((a) => stratum(a, exposed, positive, n)),
    )
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 8 }), (strata) => {
        const p = exactP(strata)
        const others = strata.map(({ a, exposed, positive, n }) =>
          stratum(positive - a, n - exposed, positive, n),
        )
        const noCases = strata.map(({ a, exposed, positive, n }) =>
          stratum(exposed - a, exposed, n - positive, n),
        )
        expect(exactP(others)).toBeCloseTo(p, 6)
        expect(exactP(noCases)).toBeCloseTo(p, 6)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('is as often under a level as the level says, when nothing is associated', () => {
    const dice = new CampaignDice(7)
    const drawn = Array.from({ length: 3_000 }, () =>
      exactP(
        Array.from({ length: 20 }, () => {
          const cases = Array.from({ length: 16 }, () => [dice.unit() < 0.4, dice.unit() < 0.3] as const)
          const exposed = cases.filter(([seen]) => seen)
          return stratum(
            exposed.filter(([, won]) => won).length,
            exposed.length,
            cases.filter(([, won]) => won).length,
            16,
          )
        }),
      ),
    )
    for (const level of [0.01, 0.05, 0.1, 0.2]) {
      const share = drawn.filter((p) => p <= level).length / drawn.length
      expect(share).toBeLessThan(level + 3 * Math.sqrt((level * (1 - level)) / drawn.length))
      expect(share).toBeGreaterThan(level / 2)
    }
  })
})
