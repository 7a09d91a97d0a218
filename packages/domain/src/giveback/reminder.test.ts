import { describe, expect, it } from 'vitest'
import type { ReportRow } from '../sync/pull.ts'
import { account, answers, contact, field, report, rowsOf } from './fixture.ts'
import { remindersOf, unanswered } from './reminder.ts'

const renewal = (entity: 'account' | 'contact' | 'report') =>
  field('renewal', {
    entity,
    spec: {
      type: 'date',
      givebacks: [{ kind: 'reminder', label: { fr: 'Contrat à renouveler' }, daysBefore: 15 }],
    },
  })
const today = '2026-11-24'
const due = (day: string, days = 0) =>
  remindersOf(
    [renewal('account')],
    rowsOf({ accounts: [account('a', { values: answers({ renewal: day }) })] }),
    { today, days },
  ).map(({ dueDay }) => dueDay)

describe('reminders', () => {
  it('15 days before 9 December is 24 November: due today, not the day before', () => {
    expect(due('2026-12-09')).toEqual(['2026-11-24'])
    expect(due('2026-12-10')).toEqual([])
  })
  it('a date and time is recalled by its day, whatever its clock', () => {
    const meeting = field('renewal', {
      entity: 'account',
      spec: {
        type: 'date_time',
        givebacks: [{ kind: 'reminder', label: { fr: 'Rendez-vous' }, daysBefore: 1 }],
      },
    })
    const rows = rowsOf({ accounts: [account('a', { values: answers({ renewal: '2026-11-25T23:59' }) })] })
    expect(remindersOf([meeting], rows, { today, days: 0 })).toMatchObject([
      { day: '2026-11-25', dueDay: '2026-11-24' },
    ])
  })
  it('the last day of the window counts, the next does not', () => {
    expect(due('2026-12-16', 7)).toEqual(['2026-12-01'])
    expect(due('2026-12-17', 7)).toEqual([])
  })
  it('stays until its date, and no longer', () => {
    expect(due('2026-11-24')).toEqual(['2026-11-09'])
    expect(due('2026-11-23')).toEqual([])
  })
  it('says who asks, whom it is about and in which words', () => {
    const rows = rowsOf({
      accounts: [account('a')],
      contacts: [contact('m', 'a', { values: answers({ renewal: '2026-12-01' }) })],
    })
    expect(remindersOf([renewal('contact')], rows, { today, days: 0 })).toEqual([
      {
        fieldId: 'renewal',
        owner: { id: 'pb', name: 'Pays Basque', rank: 3 },
        label: { fr: 'Contrat à renouveler' },
        accountId: 'a',
        contactId: 'm',
        day: '2026-12-01',
        dueDay: '2026-11-16',
      },
    ])
  })
  it('of a report field, the newest report that answers decides', () => {
    const rows = rowsOf({
      accounts: [account('a')],
      reports: [
        report('r1', 'a', { day: '2026-10-01', values: answers({ renewal: '2026-11-30' }) }),
        report('r2', 'a', { day: '2026-11-01', values: answers({ renewal: '2026-12-05' }) }),
      ],
    })
    expect(remindersOf([renewal('report')], rows, { today, days: 0 }).map(({ day }) => day)).toEqual([
      '2026-12-05',
    ])
  })
  it('soonest first, whatever the order of the rows', () => {
    const accounts = ['2026-12-05', '2026-11-30', '2026-12-05'].map((day, i) =>
      account(`a${i}`, { values: answers({ renewal: day }) }),
    )
    const ids = (list: typeof accounts) =>
      remindersOf([renewal('account')], rowsOf({ accounts: list }), { today, days: 0 }).map(
        ({ accountId }) => accountId,
      )
    expect(ids(accounts)).toEqual(['a1', 'a0', 'a2'])
    expect(ids([...accounts].reverse())).toEqual(['a1', 'a0', 'a2'])
  })
  it('"I do not know" and fields without a reminder recall nothing', () => {
    const rows = rowsOf({
      accounts: [account('a', { values: answers({ renewal: null, other: '2026-11-30' }) })],
    })
    const plain = field('other', { entity: 'account', spec: { type: 'date' } })
    expect(remindersOf([renewal('account'), plain], rows, { today, days: 30 })).toEqual([])
  })
  it('is followed by the first visit or call of its account since it is due, and by no other', () => {
    const accounts = ['a', 'b'].map((id) => account(id, { values: answers({ renewal: '2026-12-05' }) }))
    const reminders = remindersOf([renewal('account')], rowsOf({ accounts }), { today, days: 0 })
    const followed = (...reports: ReportRow[]) =>
      unanswered(reminders, 'a', reports).map(({ accountId }) => accountId)
    expect(followed()).toEqual(['a'])
    expect(followed(report('before', 'a', { day: '2026-11-19' }), report('other', 'b'))).toEqual(['a'])
    expect(followed(report('since', 'a', { kind: 'call', day: '2026-11-20' }))).toEqual([])
    expect(followed(report('back', 'a', { day: '2026-11-20', status: 'withdrawn' }))).toEqual(['a'])
  })
})
