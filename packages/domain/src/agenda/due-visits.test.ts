import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, nodeOf } from '../giveback/fixture.ts'
import type { AskedRhythm } from '../giveback/priority.ts'
import type { CallbackRow } from '../sync/pull.ts'
import { addDays } from './day.ts'
import { type Agenda, callbacksDue, dueVisits, firstDue } from './due-visits.ts'

const TODAY = '2026-11-24'
const ago = (days: number): string => addDays(TODAY, -days)
const callback = (id: string, over: Partial<CallbackRow> = {}): CallbackRow => ({
  id,
  accountId: 'a',
  contactId: null,
  assigneeId: 'me',
  reason: 'Après 17 h',
  dueDay: TODAY,
  done: false,
  version: 1,
  ...over,
})
const agenda = (over: Partial<Agenda>): Agenda => ({ accounts: [], callbacks: [], ...over })
const ids = (of: Partial<Agenda>) => dueVisits(agenda(of), TODAY).map(({ accountId }) => accountId)

describe('visits due', () => {
  it('every 60 days: due on the sixtieth, not on the fifty-ninth', () => {
    expect(ids({ accounts: [account('a', { lastVisitDay: ago(59) })] })).toEqual([])
    expect(dueVisits(agenda({ accounts: [account('a', { lastVisitDay: ago(60) })] }), TODAY)).toEqual([
      {
        accountId: 'a',
        priority: 0,
        lateness: 1,
        reasons: [{ code: 'NOT_SEEN_SINCE', days: 60, everyDays: 60 }],
      },
    ])
  })
  it('never seen is due', () => {
    expect(dueVisits(agenda({ accounts: [account('a')] }), TODAY)).toMatchObject([
      { lateness: 1, reasons: [{ code: 'NEVER_SEEN' }] },
    ])
  })
  it('lateness is measured against the rhythm wanted: 40 days of 20 come before 70 of 60 and before never seen', () => {
    expect(
      ids({
        accounts: [
          account('new'),
          account('slow', { lastVisitDay: ago(70) }),
          account('fast', { lastVisitDay: ago(40), visitEveryDays: 20 }),
        ],
      }),
    ).toEqual(['fast', 'slow', 'new'])
  })
  it("a manager's priority comes first, with his reason", () => {
    const accounts = [
      account('late', { lastVisitDay: ago(400) }),
      account('first', { lastVisitDay: ago(14), priority: 2, priorityReason: 'Commande avant la foire' }),
    ]
    expect(dueVisits(agenda({ accounts }), TODAY)).toMatchObject([
      { accountId: 'first', reasons: [{ code: 'PRIORITY', priority: 2, reason: 'Commande avant la foire' }] },
      { accountId: 'late' },
    ])
  })
  it('a priority asks for a visit every two weeks, or sooner when the account is seen more often', () => {
    expect(ids({ accounts: [account('a', { priority: 1, lastVisitDay: ago(13) })] })).toEqual([])
    expect(
      ids({ accounts: [account('a', { priority: 1, lastVisitDay: ago(7), visitEveryDays: 7 })] }),
    ).toEqual(['a'])
  })
  it('seen today, or tomorrow by a wrong clock, is never due', () => {
    const seen = [account('a', { lastVisitDay: TODAY, priority: 3 }), account('b', { lastVisitDay: ago(-1) })]
    expect(ids({ accounts: seen, callbacks: [callback('c')] })).toEqual([])
  })
  it('a call-back or a reminder due makes a visit due, and both are said', () => {
    const reminder = {
      fieldId: 'oven',
      owner: { id: 'pb', name: 'Pays Basque', rank: 3 as const },
      label: { fr: 'Four à changer' },
      accountId: 'a',
      contactId: null,
      day: '2026-12-01',
      dueDay: ago(1),
    }
    const due = dueVisits(
      agenda({
        accounts: [account('a', { lastVisitDay: ago(5) })],
        callbacks: [callback('c')],
        reminders: [reminder],
      }),
      TODAY,
    )
    expect(due[0]?.reasons).toEqual([
      { code: 'CALLBACK', callbackId: 'c', reason: 'Après 17 h', dueDay: TODAY },
      { code: 'REMINDER', fieldId: 'oven', label: { fr: 'Four à changer' }, day: '2026-12-01' },
    ])
    const early = { ...reminder, dueDay: ago(-1) }
    expect(ids({ accounts: [account('a', { lastVisitDay: ago(5) })], reminders: [early] })).toEqual([])
  })
  const any = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      lastVisitDay: fc.option(fc.integer({ min: -2, max: 300 }).map(ago)),
      visitEveryDays: fc.integer({ min: 0, max: 120 }),
      priority: fc.integer({ min: 0, max: 3 }),
    }),
    { selector: ({ id }) => id },
  )
  it('is the same whatever the order of the rows, priorities never rise and lateness never rises within one', () => {
    fc.assert(
      fc.property(any, (rows) => {
        const accounts = rows.map(({ id, ...over }) => account(id, over))
        const due = dueVisits(agenda({ accounts }), TODAY)
        expect(dueVisits(agenda({ accounts: [...accounts].reverse() }), TODAY)).toEqual(due)
        due.slice(1).forEach((visit, i) => {
          const before = due[i]
          expect(before?.priority).toBeGreaterThanOrEqual(visit.priority)
          if (before?.priority === visit.priority)
            expect(before.lateness).toBeGreaterThanOrEqual(visit.lateness)
        })
      }),
    )
  })
  it('the first of them, found in one pass, are those that stand first among all', () => {
    fc.assert(
      fc.property(any, fc.nat(12), fc.nat(3), fc.nat(90), (rows, count, called, everyDays) => {
        const accounts = rows.map(({ id, ...over }) => account(id, over))
        const callbacks = rows.slice(0, called).map(({ id }) => callback(id, { accountId: id }))
        const rhythm: AskedRhythm = {
          fieldId: 'f',
          owner: nodeOf('pb'),
          label: { fr: 'f' },
          answer: { kind: 'yes' },
          everyDays,
        }
        const asked = new Map(rows.slice(0, called).map(({ id }) => [id, rhythm]))
        const all = ids({ accounts, callbacks, asked })
        expect(firstDue({ accounts, callbacks, asked }, TODAY, count)).toEqual(all.slice(0, count))
      }),
    )
  })
})

describe('call-backs due', () => {
  it('today and before, not done, oldest first', () => {
    const callbacks = [
      callback('b', { dueDay: TODAY }),
      callback('late', { dueDay: ago(8) }),
      callback('a', { dueDay: TODAY }),
      callback('tomorrow', { dueDay: ago(-1) }),
      callback('done', { done: true }),
    ]
    expect(callbacksDue(callbacks, TODAY).map(({ id }) => id)).toEqual(['late', 'a', 'b'])
  })
})
