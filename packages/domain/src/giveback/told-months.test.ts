import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CASES_MIN, GROUP_MIN } from '../analytics/group-size.ts'
import { toldMonths } from './told-months.ts'

describe('the months told of a place above', () => {
  it('have five other people and eight other answers', () => {
    const [many, few, quiet, none] = [
      { people: 5, n: 8 },
      { people: 4, n: 80 },
      { people: 5, n: 7 },
      { people: 0, n: 0 },
    ]
    expect(toldMonths([many, quiet, none])).toEqual([many])
    expect(toldMonths([few])).toEqual([])
  })
  it('leave out the month of the fewest people beside one of a small group, which the year would give away', () => {
    const [small, fewest, most] = [
      { people: 1, n: 3 },
      { people: 6, n: 20 },
      { people: 9, n: 20 },
    ]
    expect(toldMonths([most, small, fewest])).toEqual([most])
    expect(toldMonths([most, { people: 5, n: 3 }, small, fewest])).toEqual([most, fewest])
  })
  it('never leave out answers of fewer than five people alone', () => {
    const month = fc.record({ people: fc.nat(12), n: fc.nat(30) })
    fc.assert(
      fc.property(fc.array(month, { maxLength: 13 }), (months) => {
        const told = toldMonths(months)
        const apart = months.filter((one) => one.n > 0 && !told.includes(one))
        for (const { people, n } of told) expect(people >= GROUP_MIN && n >= CASES_MIN).toBe(true)
        if (told.length > 0 && apart.length > 0)
          expect(Math.max(...apart.map(({ people }) => people))).toBeGreaterThanOrEqual(GROUP_MIN)
      }),
    )
  })
})
