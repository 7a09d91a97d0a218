import { describe, expect, it } from 'vitest'
import { addMonths, monthsOf } from './period.ts'
import { type Eras, erasOf } from './presence.ts'

const count = (bits: bigint): number => [...bits.toString(2)].filter((bit) => bit === '1').length

/** Months that the bits of one period name, read back. */
const monthsIn = ({ first, months }: Eras, period: number): string[] =>
  (months[period] ?? []).flatMap((bits, at) =>
    Array.from({ length: 60 }, (_, bit) => bit)
      .filter((bit) => (bits >> BigInt(bit)) & 1n)
      .map((bit) => addMonths(`${(first + at) * 5}-01`, bit)),
  )

describe('the months of a period, five years a number', () => {
  it('are the first bits from January of a year that five divides', () => {
    expect(erasOf([{ from: '2025-01', to: '2025-03' }])).toEqual({
      first: 405,
      last: 405,
      months: [[0b111n]],
    })
    expect(erasOf([{ from: '2029-12', to: '2029-12' }])).toEqual({
      first: 405,
      last: 405,
      months: [[1n << 59n]],
    })
  })
  it('stand in two eras where the period does', () => {
    expect(erasOf([{ from: '2024-12', to: '2025-01' }])).toEqual({
      first: 404,
      last: 405,
      months: [[1n << 59n, 1n]],
    })
  })
  it('of several periods begin with the same era', () => {
    const eras = erasOf([
      { from: '2025-02', to: '2025-02' },
      { from: '2024-11', to: '2025-01' },
    ])
    expect(eras.months).toEqual([
      [0n, 2n],
      [3n << 58n, 1n],
    ])
  })
  it('are each month once, whatever the period', () => {
    for (let start = 0; start < 130; start += 7) {
      for (const length of [1, 11, 12, 36]) {
        const from = addMonths('2019-11', start)
        const period = { from, to: addMonths(from, length - 1) }
        const eras = erasOf([period])
        expect(eras.months.flat().reduce((sum, bits) => sum + count(bits), 0)).toBe(length)
        expect(monthsIn(eras, 0)).toEqual(monthsOf(period))
      }
    }
  })
})
