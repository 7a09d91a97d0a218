import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
