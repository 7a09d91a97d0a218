import { describe, expect, it } from 'vitest'
import { type OperationKind, operation } from './operation.ts'

const ID = '01970000-0000-7000-8000-000000000001'
const ENVELOPE = {
  opId: '01970000-0000-7000-8000-000000000002',
  entityId: ID,
  seq: 1,
  base: 0,
  capturedAt: '2026-11-24T09:58:00.000Z',
  clockOffset: -1200,
}
const PLACE = { street: null, postcode: '64250', city: 'Itxassou', latitude: 43.33, longitude: -1.41 }
const ANSWERS = { [ID]: { v: 1, x: true } }

const GOOD: Readonly<Record<OperationKind, Readonly<Record<string, unknown>>>> = {
  'report.create': {
    accountId: ID,
    contactId: null,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-24',
    note: 'Devis remis',
    fieldSet: 'cbf29ce484222325',
    values: ANSWERS,
    seconds: { [ID]: 4 },
    durationSeconds: 28,
  },
  'report.amend': { outcome: 'quote', values: { [ID]: null } },
  'report.withdraw': { reason: null },
  'account.create': {
    territoryId: ID,
    kind: 'prospect',
    name: 'Fromagerie Harispe',
    activity: null,
    phone: '05 59 00 00 01',
    email: null,
    ...PLACE,
    values: {},
  },
  'account.update': { phone: '05 59 00 00 02' },
  'contact.create': {
    accountId: ID,
    firstName: '',
    lastName: 'Harispe',
    jobTitle: null,
    phone: null,
    email: null,
    values: ANSWERS,
  },
  'contact.update': { optedOut: true },
  'callback.set': { accountId: ID, contactId: null, dueDay: '2026-12-01', reason: 'Après 17 h' },
  'callback.done': {},
  'operation.discard': {},
  'giveback.record': { fieldId: ID, kind: 'segment', used: true, done: 'acted', about: ID },
  'giveback.judge': { fieldId: ID, kind: 'segment', useful: null },
  'handover.note': { accountId: ID, text: 'Il préfère le matin' },
  'handover.dismiss': { accountId: ID },
  'insight.judge': { key: 'association|t|delay||3|order||more', useful: false },
  'contest.open': {
    fieldId: ID,
    version: 2,
    reason: 'asked_twice',
    word: 'Déjà sur la fiche',
    openly: false,
  },
  'contest.withdraw': {},
  'coaching.answer': { text: 'Je le revois mardi', mark: 'done' },
  'sector.arrange': {
    territoryId: ID,
    ask: {
      of: 'make',
      name: 'Côte',
      rule: { by: 'street', town: 'Bayonne', street: 'rue Thiers', side: 'odd' },
    },
  },
  'objective.refuse': { objectiveId: ID, accountId: ID, word: 'Fermé pour travaux' },
}
const KINDS = Object.keys(GOOD) as OperationKind[]
const parse = (over: Readonly<Record<string, unknown>>) => operation.safeParse({ ...ENVELOPE, ...over })
const report = (over: Readonly<Record<string, unknown>>) =>
  parse({ kind: 'report.create', body: { ...GOOD['report.create'], ...over } }).success

describe('operations', () => {
  it.each(KINDS)('%s: a good one is read as it was written', (kind) => {
    const written = { ...ENVELOPE, kind, body: GOOD[kind] }
    expect(operation.parse(written)).toEqual(written)
  })
  it('every kind there is has its example here', () => {
    expect(operation.options.map((option) => option.shape.kind.value).sort()).toEqual([...KINDS].sort())
  })
  it.each(KINDS)('%s: without a body it is refused', (kind) => {
    expect(parse({ kind }).success).toBe(false)
  })
  it.each(['report.delete', '', null, undefined, 7])('unknown kind %j is refused', (kind) => {
    expect(parse({ kind, body: {} }).success).toBe(false)
  })
  it('the envelope is whole or the operation is refused', () => {
    for (const key of Object.keys(ENVELOPE)) {
      expect(parse({ kind: 'callback.done', body: {}, [key]: undefined }).success, key).toBe(false)
    }
    for (const bad of [{ opId: 'x' }, { seq: 0 }, { seq: 1.5 }, { base: -1 }, { capturedAt: 'hier' }]) {
      expect(parse({ kind: 'callback.done', body: {}, ...bad }).success, JSON.stringify(bad)).toBe(false)
    }
  })
  it('a phone whose battery ran out and believes itself in 1970 is read', () => {
    const lost = { capturedAt: '1970-01-01T00:03:00.000Z', clockOffset: Date.parse('2026-11-24T09:58:00Z') }
    expect(parse({ kind: 'callback.done', body: {}, ...lost }).success).toBe(true)
  })
  it('an answer of the wrong shape is refused; one of the wrong type is judged later, against its question', () => {
    expect(report({ values: { [ID]: { v: 0, x: true } } })).toBe(false)
    expect(report({ values: { [ID]: { v: 1, x: { a: 1 } } } })).toBe(false)
    expect(report({ values: { [ID]: true } })).toBe(false)
    expect(report({ values: { 'not-an-id': { v: 1, x: true } } })).toBe(false)
    expect(report({ values: { [ID]: { v: 1, x: 'not a boolean' } } })).toBe(true)
    expect(report({ values: { [ID]: { v: 1, x: null } } })).toBe(true)
  })
  it('null takes an answer away when amending, and is no answer when creating', () => {
    expect(parse({ kind: 'report.amend', body: { values: { [ID]: null } } }).success).toBe(true)
    expect(report({ values: { [ID]: null } })).toBe(false)
  })
  it('a note of ten thousand letters is kept, a megabyte is refused', () => {
    expect(report({ note: 'x'.repeat(10_000) })).toBe(true)
    expect(report({ note: 'x'.repeat(1_000_000) })).toBe(false)
  })
  it('a contest has one of three reasons, and a word of 500 letters at most or none', () => {
    const contest = (over: object) =>
      parse({ kind: 'contest.open', body: { ...GOOD['contest.open'], ...over } }).success
    expect(contest({ word: null })).toBe(true)
    expect(contest({ word: 'x'.repeat(500) })).toBe(true)
    expect(contest({ word: 'x'.repeat(501) })).toBe(false)
    expect(contest({ reason: 'rude' })).toBe(false)
    expect(contest({ version: 0 })).toBe(false)
    expect(contest({ openly: 'yes' })).toBe(false)
  })
  it('seconds of a clock that was set meanwhile are bounded, and refuse no report', () => {
    const measured = (seconds: unknown, durationSeconds: unknown) => {
      const read = operation.parse({
        ...ENVELOPE,
        kind: 'report.create',
        body: { ...GOOD['report.create'], seconds: { [ID]: seconds }, durationSeconds },
      })
      return read.kind === 'report.create' && [read.body.seconds[ID], read.body.durationSeconds]
    }
    expect(measured(-7_200, -1)).toEqual([0, 0])
    expect(measured(86_400, 1e12)).toEqual([3_600, 86_400])
    expect(measured(4.6, null)).toEqual([5, 0])
    expect(measured(null, 'hier')).toEqual([0, 0])
  })
  it('a return as a phone of an earlier version notes it is read', () => {
    const early = { fieldId: ID, kind: 'badge', used: true }
    expect(parse({ kind: 'giveback.record', body: early }).success).toBe(true)
    expect(parse({ kind: 'giveback.record', body: { ...early, done: 'praised' } }).success).toBe(false)
    expect(parse({ kind: 'insight.judge', body: { key: 'x'.repeat(301), useful: true } }).success).toBe(false)
  })
  it('29 February 2026 is no day', () => {
    expect(report({ day: '2026-02-29' })).toBe(false)
    expect(report({ day: '2024-02-29' })).toBe(true)
  })
  it('an outcome or kind nobody knows is refused', () => {
    expect(report({ outcome: 'won' })).toBe(false)
    expect(report({ kind: 'mail' })).toBe(false)
  })
})
