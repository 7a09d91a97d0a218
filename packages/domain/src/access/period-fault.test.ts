import { describe, expect, it } from 'vitest'
import { periodFault } from './period-fault.ts'

const today = '2026-11-20'
const of = (validFrom: string, validTo: string | null) => periodFault({ validFrom, validTo }, today)

describe('the days of a role', () => {
  it('begin today or later, and may be one day', () => {
    expect([of(today, null), of(today, ''), of(today, today), of('2027-01-01', '2027-12-31')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
  it('are told apart by what is wrong with them', () => {
    expect(of('', null)).toBe('fromMissing')
    expect(of('2026-11-19', null)).toBe('fromPast')
    expect(of('2026-12-01', '2026-11-30')).toBe('toEarly')
  })
})
