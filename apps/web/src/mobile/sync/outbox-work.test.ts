import { account, report, rowsOf } from '@fieldback/domain/giveback/fixture'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import { describe, expect, it } from 'vitest'
import type { CacheRows } from '../data/cache.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { PhoneState } from '../data/store.ts'
import { draftFrom } from './draft-from.ts'
import { countOutbox, metBy, ownToComplete, workOf } from './outbox-work.ts'
import { thrownAway } from './thrown-away.ts'
import { accountName } from './work-text.ts'

const rows = (over: Partial<CacheRows> = {}): CacheRows => ({
  accounts: new Map([['a', account('a')]]),
  contacts: new Map(),
  reports: new Map(),
  callbacks: new Map(),
  ...over,
})

let place = 0
const item = (
  kind: string,
  entityId: string,
  over: { savedAt?: string; state?: OutboxItem['state']; body?: object; answer?: OperationAnswer } = {},
): OutboxItem =>
  ({
    place: ++place,
    operation: { kind, entityId, opId: `op${place}`, seq: 1, base: 0, body: over.body ?? { accountId: 'a' } },
    state: over.state ?? 'phone',
    savedAt: over.savedAt ?? '2026-11-24T09:00:00.000Z',
    answeredAt: null,
    answer: over.answer ?? null,
  }) as unknown as OutboxItem

const asks = (id: string, territoryId: string, required: boolean) => ({ id, territoryId, spec: { required } })

const state = (over: Partial<PhoneState>): PhoneState =>
  ({
    identity: { membershipId: 'me' },
    rows: rows(),
    frame: {
      territories: [{ id: 'pb', path: 'fr/pb/' }],
      fields: [asks('f', 'pb', true), asks('optional', 'pb', false), asks('elsewhere', 'na', true)],
      pastFields: [{ id: 'gone' }],
    },
    outbox: [],
    photosWaiting: 0,
    ...over,
  }) as unknown as PhoneState

describe('what waits, as a person counts it', () => {
  it('a report and what it taught about the account, saved together, are one', () => {
    const work = workOf(
      [
        item('contact.create', 'c'),
        item('report.create', 'r'),
        item('account.update', 'a', { body: {} }),
        item('callback.set', 'k'),
      ],
      rows(),
    )
    expect(work.map(({ main, items }) => [main.operation.kind, items.length])).toEqual([['report.create', 4]])
  })

  it('two saves are two, even of one account; two accounts never join', () => {
    const later = { savedAt: '2026-11-24T09:00:01.000Z' }
    expect(workOf([item('report.create', 'r'), item('callback.set', 'k', later)], rows())).toHaveLength(2)
    const other = item('report.create', 's', { body: { accountId: 'b' } })
    expect(workOf([item('report.create', 'r'), other], rows())).toHaveLength(2)
  })

  it('a return noted as seen or judged is nobody’s work', () => {
    const seen = item('giveback.record', 'g', { body: { fieldId: 'f', kind: 'badge', used: false } })
    const judged = item('insight.judge', 'j', { body: { key: 'k', useful: false } })
    expect(workOf([seen, judged], rows())).toEqual([])
    expect(countOutbox(state({ outbox: [seen, judged] }))).toEqual({ phone: 0, todo: 0 })
  })

  it('needs a hand as soon as one of its parts was set aside, and waits as long as one waits', () => {
    const accepted = item('report.create', 'r', { state: 'accepted' })
    const waiting = item('account.update', 'a', { body: {} })
    expect(workOf([accepted, waiting], rows())[0]?.state).toBe('phone')
    expect(workOf([accepted, { ...waiting, state: 'aside' }], rows())[0]?.state).toBe('aside')
  })

  it('a correction of a contact created here is about that contact’s account', () => {
    const created = item('contact.create', 'c')
    const corrected = item('contact.update', 'c', { body: { optedOut: true } })
    expect(workOf([created, corrected], rows())).toHaveLength(1)
  })
})

describe('reports to complete', () => {
  const own = { authorId: 'me', status: 'to_complete', missing: ['f'] } as const
  it('are the reader’s own, oldest first; somebody else’s are his to complete', () => {
    const reports = rowsOf({
      reports: [
        report('1', 'a', { ...own, day: '2026-11-20' }),
        report('2', 'a', { ...own, day: '2026-11-10' }),
        report('3', 'a', { ...own, authorId: 'other' }),
        report('4', 'a', { authorId: 'me' }),
      ],
    }).reports
    const held = state({ rows: rows({ reports: new Map(reports.map((one) => [one.id, one])) }) })
    expect(ownToComplete(held).map(({ id }) => id)).toEqual(['2', '1'])
    expect(countOutbox(held)).toEqual({ phone: 0, todo: 2 })
  })

  it('are no more once what they lacked is no longer asked; what this phone has not heard of yet is', () => {
    const standing = (missing: string[]) => {
      const one = report('1', 'a', { ...own, missing })
      return countOutbox(state({ rows: rows({ reports: new Map([[one.id, one]]) }) })).todo
    }
    expect([['gone'], ['gone', 'f'], ['new']].map(standing)).toEqual([0, 1, 1])
    expect([['optional'], ['elsewhere'], ['optional', 'f']].map(standing)).toEqual([0, 0, 1])
  })

  it('count from the server’s answer on, before the row has come back', () => {
    const answer: OperationAnswer = {
      status: 'applied',
      opId: 'x',
      version: 2,
      reportStatus: 'to_complete',
      missing: ['f'],
    }
    const outbox = [item('report.create', 'r', { state: 'accepted', answer })]
    const held = rows({ reports: new Map([['r', report('r', 'a', { authorId: 'me', version: 0 })]]) })
    expect(countOutbox(state({ outbox, rows: held }))).toEqual({ phone: 0, todo: 1 })
  })
})

it('a report whose missing answers were left to the next contact is no longer counted', () => {
  const answer = {
    status: 'applied',
    opId: 'x',
    version: 2,
    reportStatus: 'to_complete',
    missing: ['f'],
  } as const
  const made = { ...item('report.create', 'r', { state: 'accepted', answer }), deferred: true } as const
  const held = rows({ reports: new Map([['r', report('r', 'a', { authorId: 'me', version: 0 })]]) })
  expect(countOutbox(state({ outbox: [made], rows: held }))).toEqual({ phone: 0, todo: 0 })
})

describe('what somebody else changed too', () => {
  const merges = ['phone', 'phoneRaw', 'city'].map((field) => ({ field, kept: 'x', replaced: 'y' }))
  const answer = { status: 'applied', opId: 'x', version: 2, merges } as const
  const corrected = item('account.update', 'a', { state: 'accepted', body: {}, answer })

  it('needs a hand until the person has chosen of each field', () => {
    expect(countOutbox(state({ outbox: [corrected] }))).toEqual({ phone: 0, todo: 1 })
    const chosen = { ...corrected, settled: ['phone', 'phoneRaw'] }
    expect(metBy(chosen).map(({ field }) => field)).toEqual(['city'])
    const all = { ...corrected, settled: ['phone', 'phoneRaw', 'city'] }
    expect(countOutbox(state({ outbox: [all] }))).toEqual({ phone: 0, todo: 0 })
  })
})

describe('work thrown away', () => {
  it('on an account that was made here names it, though this phone shows it no more', () => {
    const made = item('account.create', 'new', { body: { name: 'Auberge du Col' } })
    const thrown = {
      ...made,
      operation: { ...made.operation, kind: 'operation.discard', body: {} },
      discarded: made.operation,
    } as OutboxItem
    expect(accountName('new', rows(), [made])).toBe('Auberge du Col')
    expect(accountName('new', rows(), [thrown])).toBe('Auberge du Col')
    expect(accountName('other', rows(), [thrown])).toBeNull()
  })

  it('is no work any more, and is listed as what it was', () => {
    const made = item('report.create', 'r')
    const kind = 'operation.discard'
    const gone = { ...made, discarded: made.operation, operation: { ...made.operation, kind, body: {} } }
    const outbox = [gone as unknown as OutboxItem]
    expect(countOutbox(state({ outbox }))).toEqual({ phone: 0, todo: 0 })
    expect(thrownAway(outbox, rows()).map(({ main }) => main.operation.kind)).toEqual(['report.create'])
  })
})

describe('a report that was set aside', () => {
  const body = {
    accountId: 'a',
    contactId: 'c',
    kind: 'visit',
    day: '2026-11-24',
    outcome: 'order',
    note: 'Four à changer',
    values: { f: { v: 1, x: true } },
    seconds: { f: 4 },
  }
  const aside = item('report.create', 'r', { state: 'aside', body })
  it('is the form it was filled in again, with the person who was met for the first time', () => {
    const met = item('contact.create', 'c', {
      state: 'aside',
      body: { accountId: 'a', firstName: 'Peio', lastName: 'Etchart' },
    })
    const [work] = workOf([met, aside], rows())
    expect(work && draftFrom(work, rows())).toMatchObject({
      id: 'new:a',
      day: '2026-11-24',
      contactId: null,
      newContact: { firstName: 'Peio', lastName: 'Etchart' },
      outcome: 'order',
      note: 'Four à changer',
      answers: { f: true },
    })
  })
  it('is not where its account is not on this phone', () => {
    const [work] = workOf([aside], rows())
    expect(work && draftFrom(work, rows({ accounts: new Map() }))).toBeNull()
  })
})
