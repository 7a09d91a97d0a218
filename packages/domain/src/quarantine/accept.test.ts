import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PushContext, ReportState } from '../sync/state.ts'
import { planAccept } from './accept.ts'
import { faultOf } from './fault.ts'
import { asNew, mend, mendAll, type Repair } from './repair.ts'

const ID = '01970000-0000-7000-8000-000000000001'
const OTHER = '01970000-0000-7000-8000-000000000002'
const AT = { id: OTHER, receivedAt: '2026-11-20T10:00:00.000Z' }
const report = {
  kind: 'report.create',
  entityId: ID,
  body: {
    accountId: ID,
    contactId: ID,
    note: 'Deux fours',
    values: { a: { v: 1, x: 'oui' }, b: { v: 1, x: 3 } },
  },
}
const everything: Repair = {
  accountId: OTHER,
  contactId: null,
  territoryId: OTHER,
  values: { a: null, b: { v: 2, x: 4 } },
  words: { note: 'Autre' },
}

describe('what was refused', () => {
  it.each([
    [['body', 'accountId'], { of: 'account' }],
    [['entityId'], { of: 'account' }],
    [['body', 'contactId'], { of: 'contact' }],
    [['body', 'values', 'a', 'ANSWER_OPTION'], { of: 'answer', key: 'a' }],
    [['body', 'note'], { of: 'word', key: 'note' }],
    [['body', 'values'], { of: 'none' }],
    [['kind'], { of: 'none' }],
    [[], { of: 'none' }],
  ] as const)('at %j is %j', (path, fault) => {
    expect(faultOf({ operation: report, code: 'OP_TARGET_UNKNOWN', path })).toEqual(fault)
  })
  it('because its id is taken gets another, once', () => {
    const fault = faultOf({ operation: report, code: 'OP_EXISTS', path: ['entityId'] })
    const mended = mend(report, fault, {}, OTHER)
    expect(mended).toEqual({ ...report, entityId: OTHER, base: 0 })
    expect(mend(mended ?? {}, fault, {}, OTHER)).toBeNull()
  })
})

describe('a repair', () => {
  it('of one place changes that place alone, whatever else is given', () => {
    const at = (path: readonly string[]) =>
      mend(report, faultOf({ operation: report, code: 'OP_TARGET_UNKNOWN', path }), everything, OTHER)
    const { body } = report
    expect(at(['body', 'contactId'])).toEqual({ ...report, body: { ...body, contactId: null } })
    expect(at(['body', 'note'])).toEqual({ ...report, body: { ...body, note: 'Autre' } })
    expect(at(['body', 'values', 'a'])).toEqual({
      ...report,
      body: { ...body, values: { b: body.values.b } },
    })
    expect(at(['body', 'accountId'])).toEqual({
      ...report,
      body: { ...body, accountId: OTHER, contactId: null },
    })
  })
  it('that gives nothing for what was refused is none', () => {
    for (const path of [
      ['body', 'accountId'],
      ['body', 'contactId'],
      ['body', 'values', 'a'],
      ['body', 'note'],
      [],
    ])
      expect(
        mend(report, faultOf({ operation: report, code: 'OP_TARGET_UNKNOWN', path }), {}, OTHER),
      ).toBeNull()
  })
  it('never throws, whatever came and wherever it was refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string(), { maxLength: 4 }), (operation, path) => {
        const fresh = asNew(operation, AT)
        mend(fresh, faultOf({ operation: fresh, code: 'OP_MALFORMED', path }), everything, OTHER)
        mendAll(fresh, everything)
        expect(fresh).toMatchObject({ opId: OTHER, entityId: expect.any(String), seq: expect.any(Number) })
      }),
    )
  })
})

describe('what is filed anew', () => {
  it('keeps an envelope that can be read, and gets one where it cannot', () => {
    const sent = {
      ...report,
      opId: ID,
      seq: 3,
      base: 2,
      capturedAt: '2026-11-20T09:00:00.000Z',
      clockOffset: 12,
    }
    expect(asNew(sent, AT)).toEqual({ ...sent, opId: OTHER })
    expect(asNew({ ...sent, entityId: 'x', seq: 0, base: -1, capturedAt: 'hier' }, AT)).toEqual({
      ...sent,
      opId: OTHER,
      entityId: OTHER,
      seq: 1,
      base: 0,
      capturedAt: AT.receivedAt,
      clockOffset: 0,
    })
    expect(asNew(null, AT)).toMatchObject({ opId: OTHER, entityId: OTHER, seq: 1 })
  })
})

describe('a report that had arrived before it was thrown away and taken back', () => {
  const NOW = '2026-11-21T08:00:00.000Z'
  const typed = {
    opId: '01970000-0000-7000-8000-000000000003',
    entityId: ID,
    seq: 3,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 500,
    kind: 'report.create',
    body: {
      accountId: ID,
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: '2026-11-20',
      note: 'Deux fours',
      fieldSet: 'unknown',
      values: {},
      seconds: {},
      durationSeconds: 30,
    },
  }
  const standing = {
    id: ID,
    authorId: 'me',
    kind: 'visit',
    day: '2026-11-20',
    note: 'Deux fours, corrigé depuis',
    status: 'accepted',
    missing: [],
    durationSeconds: 30,
    capturedAt: '2026-11-20T09:00:00.500Z',
    version: 2,
  } as unknown as ReportState
  const file = (operation: object, report: ReportState) => {
    const empty = { accounts: new Map(), contacts: new Map(), callbacks: new Map(), contests: new Map() }
    const read = { receipts: new Map(), sent: new Set(), sequence: new Set(), versions: new Map() }
    const context = {
      ...{ membershipId: 'me', assignments: [], territories: new Map(), definitions: [], moves: [] },
      ...{ ...empty, ...read, reports: new Map([[ID, report]]), localDay: (at: string) => at.slice(0, 10) },
    } as unknown as PushContext
    const aside = { ...AT, operation, code: 'OP_EXISTS' as const, path: ['entityId'] }
    return planAccept(context, aside, { repair: {}, now: NOW, hash: () => 'h' })
  }

  it('is filed by the one that stands, whatever was corrected of it since: no second is made', () => {
    const plan = file(typed, standing)
    expect(plan).toMatchObject({
      status: 'accepted',
      operation: { entityId: ID },
      answer: { status: 'applied', opId: OTHER, version: 2, reportStatus: 'accepted' },
    })
    expect(plan).toMatchObject({ effects: { reports: new Map(), receipts: [], changes: [], facts: [] } })
  })
  it('is so where the clock of its phone was ahead', () => {
    const ahead = { ...typed, capturedAt: '2026-11-22T09:00:00.000Z' }
    expect(file(ahead, standing)).toMatchObject({ status: 'accepted', answer: { version: 2 } })
  })
  it('but another visit, or somebody else’s, under the same id is filed as its own or not at all', () => {
    const other = { ...typed, body: { ...typed.body, durationSeconds: 55 } }
    for (const plan of [file(other, standing), file(typed, { ...standing, authorId: 'somebody' })])
      expect(plan).toMatchObject({ status: 'refused', code: 'OP_TARGET_UNKNOWN' })
  })
})
