import { describe, expect, it } from 'vitest'
import { dueWeek, viewQuery } from './view.ts'

describe('the mail of the week', () => {
  it('is due on Monday from seven, and on Tuesday for the day before', () => {
    expect(dueWeek('2026-11-30', 6)).toBeNull()
    expect(dueWeek('2026-11-30', 7)).toBe('2026-11-30')
    expect(dueWeek('2026-11-30', 23)).toBe('2026-11-30')
    expect(dueWeek('2026-12-01', 0)).toBe('2026-11-30')
  })
  it('is due on no other day', () => {
    for (const day of ['2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'])
      expect(dueWeek(day, 12)).toBeNull()
  })
})

describe('the address of a view', () => {
  it('is a query, and nothing that leads elsewhere or holds markup', () => {
    expect(viewQuery.safeParse('t=0191b151-9700-7a94-bc94-3d895bc1d604&b=tr%C3%A8s+bonne').success).toBe(true)
    for (const wrong of ['<script>', 'a b', 'a\nb', '#x', '"', 'x'.repeat(2_001)])
      expect(viewQuery.safeParse(wrong).success).toBe(false)
  })
})
