import { describe, expect, it } from 'vitest'
import { Family, levelOfRun } from './family.ts'
import type { Insight, InsightKind } from './insight.ts'

const insight = (kind: InsightKind, p: number): Insight => ({
  key: `${kind}${p}`,
  kind,
  territoryId: 'fr',
  factor: { kind: 'reports' },
  bucket: null,
  outcome: null,
  month: null,
  compared: 'sisters',
  period: { from: '2025-01', to: '2025-12' },
  direction: 'more',
  here: { k: 1, n: 2, share: 0.5, low: 0, high: 1 },
  there: { k: 1, n: 2, share: 0.5, low: 0, high: 1 },
  effect: { odds: 2, low: 1, high: 4, difference: 0.1 },
  p,
  usefulness: 1,
  accounts: [],
})

describe('what runs may spend', () => {
  it('half of 5 % in the first year, never more than 5 %, and never nothing', () => {
    const spent = (runs: number) =>
      Array.from({ length: runs }, (_, at) => levelOfRun(at + 1)).reduce((a, b) => a + b)
    expect(spent(12)).toBeCloseTo(0.025, 12)
    expect(spent(100_000)).toBeLessThan(0.05)
    expect(levelOfRun(1_000)).toBeGreaterThan(0)
  })
})

describe('one family of tests', () => {
  it('more tests made, of any outcome, ask for more certainty', () => {
    const found = (tests: number) => {
      const family = new Family([])
      family.count('association', 0, tests)
      family.propose({ insight: insight('association', 1e-5), depth: 0 })
      return family.found(1).length
    }
    expect([found(50), found(500)]).toEqual([1, 0])
  })
  it('tests of another kind or depth do not take from this one', () => {
    const family = new Family([])
    family.count('association', 0, 50)
    family.count('association', 3, 1e9)
    family.count('cold', 0, 1e9)
    family.propose({ insight: insight('association', 1e-5), depth: 0 })
    expect(family.found(1)).toHaveLength(1)
  })
  it('several true findings make room for one another (Benjamini and Hochberg)', () => {
    const family = new Family([])
    family.count('association', 0, 100)
    const limit = levelOfRun(1) / (100 * 4)
    for (const times of [0.1, 0.2, 2.9])
      family.propose({ insight: insight('association', times * limit), depth: 0 })
    expect(family.found(1)).toHaveLength(3)
    const alone = new Family([])
    alone.count('association', 0, 100)
    alone.propose({ insight: insight('association', 2.9 * limit), depth: 0 })
    expect(alone.found(1)).toHaveLength(0)
  })
})
