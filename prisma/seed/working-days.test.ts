import { describe, expect, it } from 'vitest'
import { frenchInstant, workingDays } from './working-days.ts'

describe('days and instants of the demonstration', () => {
  it('a week has five working days, fewer with a holiday', () => {
    expect(workingDays('2026-11-16', '2026-11-22')).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
    ])
    expect(workingDays('2026-11-09', '2026-11-15')).not.toContain('2026-11-11')
  })
  it('a local time follows the change of clocks of the last Sundays of March and October', () => {
    expect(frenchInstant('2026-03-28', 540)).toBe('2026-03-28T08:00:00.000Z')
    expect(frenchInstant('2026-03-29', 540)).toBe('2026-03-29T07:00:00.000Z')
    expect(frenchInstant('2026-10-24', 540)).toBe('2026-10-24T07:00:00.000Z')
    expect(frenchInstant('2026-10-25', 540)).toBe('2026-10-25T08:00:00.000Z')
  })
})
