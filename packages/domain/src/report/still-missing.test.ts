import { describe, expect, it } from 'vitest'
import { type Demand, stillMissing } from './still-missing.ts'

describe('what a report still lacks today', () => {
  const path = ['france', 'aquitaine', 'basque']
  const demand = (territoryId: string, spec: object, below: Readonly<Record<string, object>> = {}) =>
    ({
      id: 'f',
      territoryId,
      spec: { required: false, ...spec },
      tightenings: Object.entries(below).map(([at, tightened]) => ({ territoryId: at, spec: tightened })),
    }) as Demand
  const lacks = (...live: ReturnType<typeof demand>[]) => stillMissing(['f'], live, path).length === 1

  it('is what a live question requires at its home, of its owner, on a condition, or of a level below', () => {
    expect(lacks(demand('france', { required: true }))).toBe(true)
    expect(lacks(demand('france', { requiredIf: { all: [] } }))).toBe(true)
    expect(lacks(demand('france', {}, { aquitaine: { required: true } }))).toBe(true)
  })
  it('is not what was retired, is required no more, or of another branch alone', () => {
    expect(lacks()).toBe(false)
    expect(lacks(demand('france', {}))).toBe(false)
    expect(lacks(demand('bretagne', { required: true }))).toBe(false)
    expect(lacks(demand('france', {}, { bretagne: { required: true }, basque: {} }))).toBe(false)
  })
})
