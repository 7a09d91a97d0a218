import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, answers, contact, field, report, rowsOf } from './fixture.ts'
import {
  isMember,
  mailMergeRows,
  SEGMENT_COLUMNS,
  type SegmentGiveback,
  segmentCsv,
  segmentOf,
  segmentRows,
} from './segment.ts'

const speakers: SegmentGiveback = { kind: 'segment', label: { fr: 'Bascophones' }, options: ['true'] }
const basque = field('basque', { spec: { givebacks: [speakers] } })
const LABELS = Object.fromEntries(SEGMENT_COLUMNS.map((column) => [column, column])) as Record<
  (typeof SEGMENT_COLUMNS)[number],
  string
>

const rows = rowsOf({
  accounts: [
    account('a', { name: 'Harispe' }),
    account('b', { name: 'Durruty' }),
    account('out', { territoryId: 'd40' }),
  ],
  contacts: [
    contact('both', 'a', { values: answers({ basque: true }), phone: '+33559000001', email: 'm@x.fr' }),
    contact('phone', 'b', { values: answers({ basque: true }), phone: '+33559000002' }),
    contact('mute', 'a', { values: answers({ basque: true }) }),
    contact('left', 'b', { values: answers({ basque: true }), email: 'l@x.fr', optedOut: true }),
    contact('no', 'a', { values: answers({ basque: false }), email: 'n@x.fr' }),
    contact('unsure', 'a', { values: answers({ basque: null }) }),
    contact('unasked', 'b'),
    contact('elsewhere', 'out', { values: answers({ basque: true }), email: 'e@x.fr' }),
  ],
})

describe('segment', () => {
  const segment = segmentOf(speakers, segmentRows(basque, rows))
  it('counts members, answers, silences and who can be reached, in the branch that is asked', () => {
    expect(segment).toMatchObject({ yes: 4, answered: 6, unanswered: 1, reachable: 2, withEmail: 1 })
  })
  it('lists every member, the opted-out too, by account then person', () => {
    expect(segment.rows.map(({ contactId }) => contactId)).toEqual(['left', 'phone', 'both', 'mute'])
  })
  it('the file to call or write to has only those who can be reached and did not opt out', () => {
    expect(segmentCsv(segment.rows, LABELS, 'fr')).toBe(
      `\uFEFFaccountName;firstName;lastName;jobTitle;phone;email;street;postcode;city\r\n` +
        `Durruty;Maider;phone;;'+33559000002;;;;\r\nHarispe;Maider;both;;'+33559000001;m@x.fr;;;\r\n`,
    )
  })
  it('a mail merge has only those with an e-mail, under its header', () => {
    expect(mailMergeRows(segment.rows, LABELS).map((line) => line[5])).toEqual(['email', 'm@x.fr'])
  })
  it('an account field lists accounts with their own phone and e-mail', () => {
    const fridge = field('fridge', { entity: 'account' })
    const known = rowsOf({ accounts: [account('a', { values: answers({ fridge: true }), email: 'a@x.fr' })] })
    expect(segmentOf(speakers, segmentRows(fridge, known))).toMatchObject({
      yes: 1,
      reachable: 1,
      withEmail: 1,
    })
  })
  it('a report field takes what each account said last', () => {
    const change = field('change', { entity: 'report' })
    const told = rowsOf({
      accounts: [account('a'), account('b')],
      reports: [
        report('r1', 'a', { day: '2026-01-01', values: answers({ change: true }) }),
        report('r2', 'a', { day: '2026-02-01', values: answers({ change: false }) }),
        report('r3', 'b', { day: '2026-01-01', values: answers({ change: true }) }),
        report('r4', 'b', { day: '2026-02-01' }),
      ],
    })
    const { yes, rows: members } = segmentOf(speakers, segmentRows(change, told))
    expect([yes, members.map(({ accountId }) => accountId)]).toEqual([1, ['b']])
  })
})

describe('membership', () => {
  it('one of several choices is enough; "I do not know" and no answer never belong', () => {
    const either: SegmentGiveback = { ...speakers, options: ['a', 'b'] }
    expect(isMember(either, ['c', 'b'])).toBe(true)
    expect(isMember(either, ['c'])).toBe(false)
    expect(isMember(either, 'a')).toBe(true)
    expect(isMember({ ...speakers, options: ['null', 'undefined'] }, null)).toBe(false)
    expect(isMember({ ...speakers, options: ['null', 'undefined'] }, undefined)).toBe(false)
  })
  it('members are answered, reachable ones are members, and nobody is counted twice', () => {
    const person = fc.record({
      x: fc.constantFrom(true, false, null, undefined),
      phone: fc.constantFrom(null, '+331'),
      email: fc.constantFrom(null, 'a@b.fr'),
      optedOut: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(person), (people) => {
        const known = rowsOf({
          accounts: [account('a')],
          contacts: people.map(({ x, ...rest }, i) =>
            contact(`c${i}`, 'a', { ...rest, values: x === undefined ? {} : answers({ basque: x }) }),
          ),
        })
        const found = segmentOf(speakers, segmentRows(basque, known))
        expect(found.answered + found.unanswered).toBe(people.length)
        expect(found.yes).toBeLessThanOrEqual(found.answered)
        expect(found.withEmail).toBeLessThanOrEqual(found.reachable)
        expect(found.reachable).toBeLessThanOrEqual(found.yes)
        expect(new Set(found.rows.map(({ contactId }) => contactId)).size).toBe(found.yes)
        expect(mailMergeRows(found.rows, LABELS)).toHaveLength(found.withEmail + 1)
      }),
    )
  })
})
