import { expect, it } from 'vitest'
import { report } from '../giveback/fixture.ts'
import type { CallbackRow } from '../sync/pull.ts'
import { weekOf } from './my-week.ts'

// A Tuesday.
const TODAY = '2026-11-24'
const callback = (dueDay: string, over: Partial<CallbackRow> = {}): CallbackRow =>
  ({ id: dueDay, accountId: 'a', assigneeId: 'me', dueDay, done: false, ...over }) as CallbackRow

it('holds what one noted from Monday on: visits by day, calls and orders', () => {
  const reports = [
    report('1', 'a', { day: '2026-11-23', outcome: 'order' }),
    report('2', 'b', { day: '2026-11-24' }),
    report('3', 'c', { day: '2026-11-24', kind: 'call' }),
    report('4', 'd', { day: '2026-11-22' }),
    report('5', 'e', { day: '2026-11-24', authorId: 'somebody' }),
    report('6', 'f', { day: '2026-11-24', status: 'withdrawn' }),
  ]
  const week = weekOf({ reports, callbacks: [], memberId: 'me' }, TODAY)
  expect(week).toMatchObject({ visits: 2, calls: 1, orders: 1, callbacks: 0 })
  expect(week.days.map(({ visits }) => visits)).toEqual([1, 1, 0, 0, 0, 0, 0])
  expect([week.days[0]?.day, week.days[6]?.day]).toEqual(['2026-11-23', '2026-11-29'])
})

it('counts call-backs of one’s own that are open until Sunday, late ones too', () => {
  const callbacks = [
    callback('2026-11-01'),
    callback('2026-11-29'),
    callback('2026-11-30'),
    callback('2026-11-25', { done: true }),
    callback('2026-11-26', { assigneeId: 'somebody' }),
  ]
  expect(weekOf({ reports: [], callbacks, memberId: 'me' }, TODAY).callbacks).toBe(2)
})
