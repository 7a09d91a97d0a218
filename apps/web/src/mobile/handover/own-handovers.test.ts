import { describe, expect, it } from 'vitest'
import type { PhoneState } from '../data/store.ts'
import { cameToMe, ownPassingNote } from './own-handovers.ts'

const came = { accountId: 'a', since: '2026-11-20', fromName: 'Marc', note: null }
const item = (kind: string, body: object, state = 'phone', savedAt = '2026-11-21T08:00:00.000Z') => ({
  operation: { kind, body: { accountId: 'a', ...body } },
  state,
  savedAt,
  answeredAt: savedAt,
})
const held = ({
  outbox = [],
  reports = [],
  accounts = ['a'],
  own = [],
}: {
  outbox?: readonly object[]
  reports?: readonly object[]
  accounts?: readonly string[]
  own?: readonly object[]
} = {}) =>
  ({
    identity: { membershipId: 'me' },
    pack: { asOf: '2026-11-21T07:00:00.000Z', handovers: { came: [came], more: false, own, left: [] } },
    rows: {
      accounts: new Map(accounts.map((id) => [id, { id }])),
      reports: new Map(
        reports.map((row, at) => [
          String(at),
          { authorId: 'me', accountId: 'a', day: '2026-11-20', kind: 'visit', status: 'accepted', ...row },
        ]),
      ),
    },
    outbox,
  }) as unknown as PhoneState

describe('an account that came', () => {
  it('stays told until its new rep has visited it since, by himself', () => {
    expect(cameToMe(held())).toEqual([came])
    expect(cameToMe(held({ reports: [{}] }))).toEqual([])
    const others = [
      { day: '2026-11-19' },
      { authorId: 'marc' },
      { kind: 'call' },
      { status: 'withdrawn' },
      { accountId: 'b' },
    ]
    expect(cameToMe(held({ reports: others }))).toEqual([came])
  })
  it('goes once he has read its brief, before any network, and comes back when that is not taken', () => {
    expect(cameToMe(held({ outbox: [item('handover.dismiss', {})] }))).toEqual([])
    expect(cameToMe(held({ outbox: [item('handover.dismiss', {}, 'aside')] }))).toEqual([came])
    const earlier = item('handover.dismiss', {}, 'accepted', '2026-11-01T08:00:00.000Z')
    expect(cameToMe(held({ outbox: [earlier] }))).toEqual([came])
  })
  it('that is not on the phone is not told', () => {
    expect(cameToMe(held({ accounts: [] }))).toEqual([])
  })
})

it('a word to pass on is what was written last, here or elsewhere', () => {
  const own = [{ accountId: 'a', text: 'Le matin' }]
  const note = (text: string | null, ...more: string[]) => item('handover.note', { text }, ...more)
  expect(ownPassingNote(held({ own }), 'a')).toBe('Le matin')
  expect(ownPassingNote(held({ own, outbox: [note('Le soir')] }), 'a')).toBe('Le soir')
  expect(ownPassingNote(held({ own, outbox: [note('Le soir'), note(null)] }), 'a')).toBe('')
  expect(ownPassingNote(held({ own, outbox: [note('Le soir', 'aside')] }), 'a')).toBe('Le matin')
  const told = note('Avant', 'accepted', '2026-11-21T06:00:00.000Z')
  expect(ownPassingNote(held({ own, outbox: [told] }), 'a')).toBe('Le matin')
})
