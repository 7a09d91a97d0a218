import { describe, expect, it } from 'vitest'
import { administeredUntil, FOR_EVER } from './administered-until.ts'

const today = '2026-11-20'
const until = (...periods: (readonly [string, string | null])[]) =>
  administeredUntil(
    periods.map(([from, to]) => ({ from, to })),
    today,
  )

describe('the day until which an organisation is administered', () => {
  it('is none when nobody does today', () => {
    expect(until()).toBe('2026-11-19')
    expect(until(['2026-01-01', '2026-11-19'])).toBe('2026-11-19')
    expect(until(['2026-11-21', null])).toBe('2026-11-19')
  })
  it('is for ever with somebody who has no last day', () => {
    expect(until(['2026-11-20', null])).toBe(FOR_EVER)
  })
  it('runs on from one to the next without a gap, in whatever order they are given', () => {
    expect(until(['2026-12-01', null], ['2026-01-01', '2026-11-30'])).toBe(FOR_EVER)
    expect(until(['2026-12-02', null], ['2026-01-01', '2026-11-30'])).toBe('2026-11-30')
    expect(until(['2026-01-01', '2026-12-31'], ['2026-11-01', '2026-11-25'])).toBe('2026-12-31')
  })
  it('is today for the last one whose last day is today', () => {
    expect(until(['2026-01-01', '2026-11-20'])).toBe('2026-11-20')
  })
  it('takes no account of an assignment called off before it began', () => {
    expect(until(['2026-11-20', '2026-11-19'])).toBe('2026-11-19')
  })
})
