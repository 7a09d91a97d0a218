import { describe, expect, it } from 'vitest'
import {
  addMonths,
  daysBefore,
  daysOf,
  lastDay,
  lastMonths,
  month,
  monthCount,
  monthsOf,
  periodBefore,
  stepOf,
  stepsOf,
} from './period.ts'

describe('months', () => {
  it('are YYYY-MM and nothing else', () => {
    expect(month.safeParse('2026-12').success).toBe(true)
    for (const wrong of ['2026-13', '2026-1', '2026-01-01', '0026-01', '']) {
      expect(month.safeParse(wrong).success).toBe(false)
    }
  })
  it('go past the turn of a year in both directions', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02')
    expect(addMonths('2026-01', -1)).toBe('2025-12')
    expect(addMonths('2026-02', -26)).toBe('2023-12')
  })
  it('a period counts both its ends, and one that is turned round holds nothing', () => {
    expect(monthCount({ from: '2026-09', to: '2026-11' })).toBe(3)
    expect(monthsOf({ from: '2026-12', to: '2027-01' })).toEqual(['2026-12', '2027-01'])
    expect(monthsOf({ from: '2026-12', to: '2026-11' })).toEqual([])
    expect(lastMonths('2026-11', 12)).toEqual({ from: '2025-12', to: '2026-11' })
  })
  it('end on their own last day, leap years included', () => {
    expect([lastDay('2026-02'), lastDay('2028-02'), lastDay('2026-12')]).toEqual([
      '2026-02-28',
      '2028-02-29',
      '2026-12-31',
    ])
  })
})

describe('the period before', () => {
  const autumn = { from: '2026-09', to: '2026-11' }
  it('is as long and ends where this one begins', () => {
    expect(periodBefore(autumn)).toEqual({ from: '2026-06', to: '2026-08' })
    expect(daysBefore(autumn, '2027-03-01')).toEqual({ from: '2026-06-01', to: '2026-08-31' })
  })
  it('is cut where today cuts the period: a month under way is not set against a whole one', () => {
    expect(daysOf(autumn, '2026-11-21')).toEqual({ from: '2026-09-01', to: '2026-11-21' })
    expect(daysBefore(autumn, '2026-11-21')).toEqual({ from: '2026-06-01', to: '2026-08-21' })
    expect(daysBefore(autumn, '2026-10-05')).toEqual({ from: '2026-06-01', to: '2026-07-05' })
  })
  it('is cut on the last day of a shorter month', () => {
    expect(daysBefore({ from: '2026-03', to: '2026-03' }, '2026-03-30')).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    })
  })
  it('of a period still to come is whole', () => {
    expect(daysBefore({ from: '2027-01', to: '2027-01' }, '2026-12-31')).toEqual({
      from: '2026-12-01',
      to: '2026-12-31',
    })
  })
})

describe('steps', () => {
  it('weeks begin on Monday, before 1970 too', () => {
    expect([
      stepOf('2026-11-22', 'week'),
      stepOf('2026-11-23', 'week'),
      stepOf('1969-12-31', 'week'),
    ]).toEqual(['2026-11-16', '2026-11-23', '1969-12-29'])
  })
  it('cover the range without a gap, from the step of its first day', () => {
    expect(stepsOf({ from: '2026-11-28', to: '2026-12-02' }, 'day')).toHaveLength(5)
    expect(stepsOf({ from: '2026-11-28', to: '2026-12-02' }, 'week')).toEqual(['2026-11-23', '2026-11-30'])
    expect(stepsOf({ from: '2026-11-01', to: '2027-01-31' }, 'month')).toEqual([
      '2026-11-01',
      '2026-12-01',
      '2027-01-01',
    ])
  })
})
