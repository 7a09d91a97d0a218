import { expect, it } from 'vitest'
import { linePath, niceTicks, spacedLabels, spreadLabels } from './chart-scale.ts'

it('an axis has round steps that hold every value', () => {
  expect(niceTicks(10, 31)).toEqual([10, 20, 30, 40])
  expect(niceTicks(0, 1612)).toEqual([0, 1000, 2000])
  expect(niceTicks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(niceTicks(0, 0)).toEqual([0, 0.5])
})

it('labels of an axis keep the last and never crowd it', () => {
  expect([...spacedLabels(12, 6)]).toEqual([0, 2, 4, 6, 8, 11])
  expect([...spacedLabels(3, 6)]).toEqual([0, 1, 2])
  expect([...spacedLabels(1, 6)]).toEqual([0])
  expect(spacedLabels(0, 6).size).toBe(0)
})

it('names at the end of lines that meet are pushed apart, in their order', () => {
  const [upper = 0, lower = 0] = spreadLabels([50, 52], 16)
  expect(lower - upper).toBeCloseTo(16)
  expect(spreadLabels([20, 80], 16)).toEqual([20, 80])
})

it('a missing value breaks the line: it is not a zero', () => {
  const points = [5, null, 7, 8].map((y, x) => ({ x, y }))
  expect(linePath(points)).toBe('M0 5M2 7L3 8')
})
