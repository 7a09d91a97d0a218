import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayNumber, dayOfNumber, daysBetween, monthStart } from './day.ts'

describe('days', () => {
  it('counts from 1970-01-01', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('2000-03-01')).toBe(11_017)
    expect(dayNumber('1969-12-31')).toBe(-1)
  })
  it('crosses the end of February as the calendar does: 2024 and 2000 are leap years, 1900 is not', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2000-02-28', 1)).toBe('2000-02-29')
    expect(addDays('1900-02-28', 1)).toBe('1900-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })
  it('any day reads back, and days in between add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -300_000, max: 300_000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (n, more) => {
          const day = dayOfNumber(n)
          expect(dayNumber(day)).toBe(n)
          expect(daysBetween(day, addDays(day, more))).toBe(more)
        },
      ),
    )
  })
  it('agrees with the calendar of the machine', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 300_000 }), (n) => {
        expect(dayOfNumber(n)).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10))
      }),
    )
  })
  it('a month is named by its first day', () => {
    expect(monthStart('2026-12-08')).toBe('2026-12-01')
  })
})
