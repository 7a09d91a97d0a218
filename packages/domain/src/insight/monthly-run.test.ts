import { expect, it } from 'vitest'
import { judgedPeriod } from './monthly-run.ts'

it.each([
  ['2026-11-30T23:00:00Z', '2025-11', '2026-10'],
  ['2026-12-03T23:59:59Z', '2025-11', '2026-10'],
  ['2026-12-04T00:00:00Z', '2025-12', '2026-11'],
  ['2027-01-04T12:00:00Z', '2026-01', '2026-12'],
])('at %s a year is judged, up to a month that has been over for three days', (now, from, to) => {
  expect(judgedPeriod(new Date(now))).toEqual({ from, to })
})
