import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReachedReturn } from '../analytics/fact.ts'
import { foldFacts } from '../analytics/fold.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import { operation } from './operation.ts'
import { planBatch } from './plan-batch.ts'
import { RETURN_DAYS } from './plan-giveback.ts'
import type { PushContext } from './state.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const DAY_MS = 86_400_000
const uuid = (n: number) => `01970000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [ASKED, ELSEWHERE, UNKNOWN, ACCOUNT] = [uuid(1), uuid(2), uuid(3), uuid(4)]

const context = (): PushContext =>
  ({
    membershipId: 'me',
    assignments: [
      {
        assignmentId: 'a',
        role: 'rep',
        territoryId: 'pb',
        path: 'fr/pb/',
        validFrom: '2026-01-01',
        validTo: null,
      },
    ],
    territories: new Map(
      ['fr/', 'fr/br/'].map((path, rank) => {
        const id = path.split('/').at(-2) ?? ''
        return [id, { id, parentId: null, rank, name: id, path }]
      }),
    ),
    moves: [],
    definitions: [
      { id: ASKED, territoryId: 'fr' },
      { id: ELSEWHERE, territoryId: 'br' },
    ] as FieldDefinition[],
    versions: new Map(),
    accounts: new Map(),
    contacts: new Map(),
    reports: new Map(),
    callbacks: new Map(),
    contests: new Map(),
    receipts: new Map(),
    sequence: new Set(),
    localDay: (instant: string) => instant.slice(0, 10),
  }) as unknown as PushContext

type Sent = { kind: string; body: object; capturedAt?: string; clockOffset?: number }
let made = 100
const push = (...sent: readonly Sent[]) => {
  const batch = sent.map(({ kind, body, capturedAt = NOW, clockOffset = 0 }) => {
    const at = made++
    const raw = {
      opId: uuid(at),
      entityId: uuid(at + 1e6),
      seq: 1,
      base: 0,
      capturedAt,
      clockOffset,
      kind,
      body,
    }
    const read = operation.parse(raw)
    return { raw, hash: String(at), path: [], place: read, operation: read }
  })
  return planBatch(context(), batch, NOW)
}
const note = (over: object = {}, stamp: Omit<Sent, 'kind' | 'body'> = {}): Sent => ({
  kind: 'giveback.record',
  body: { fieldId: ASKED, kind: 'badge', used: false, about: ACCOUNT, ...over },
  ...stamp,
})
const reachedIn = (effects: ReturnType<typeof push>): ReachedReturn[] =>
  foldFacts(effects.facts, () => []).returns.map(({ membershipId: _, ...row }) => row)

describe('a return that is noted', () => {
  it('is one of its day, however often a batch says so', () => {
    const effects = push(...Array.from({ length: 50 }, () => note()), note({ about: null }))
    expect(reachedIn(effects)).toEqual([
      { fieldId: ASKED, kind: 'badge', about: null, day: '2026-11-20', done: 'shown' },
      { fieldId: ASKED, kind: 'badge', about: ACCOUNT, day: '2026-11-20', done: 'shown' },
    ])
  })
  it('says of an earlier version whether it was opened, and to act on one is to open it', () => {
    const done = (over: object) => reachedIn(push(note(over))).map((row) => row.done)
    expect(done({ used: true, about: undefined })).toEqual(['opened'])
    expect(done({ used: true, done: 'opened' })).toEqual(['opened'])
    expect(done({ used: true, done: 'acted' })).toEqual(['acted', 'opened'])
  })
  it('of a question that is none is put aside, and waits for no manager', () => {
    expect(push(note({ fieldId: UNKNOWN }))).toMatchObject({
      answers: [{ status: 'quarantined', code: 'OP_FIELD_UNKNOWN' }],
      quarantined: [{ place: null }],
    })
  })
  it('falls in the last month by the server’s clock, whatever a phone’s clock says', () => {
    const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, fc.integer({ min: -1e13, max: 1e13 }), (at, clockOffset) => {
        const [row] = reachedIn(push(note({}, { capturedAt: at.toISOString(), clockOffset })))
        const age = (Date.parse('2026-11-20') - Date.parse(row?.day ?? '')) / DAY_MS
        expect(age).toBeGreaterThanOrEqual(0)
        expect(age).toBeLessThanOrEqual(RETURN_DAYS)
      }),
    )
  })
  it('of a week ago is of that day, by a clock that was off by a known while', () => {
    const days = (capturedAt: string, clockOffset = 0) =>
      reachedIn(push(note({}, { capturedAt, clockOffset }))).map((row) => row.day)
    expect(days('2026-11-13T08:00:00.000Z')).toEqual(['2026-11-13'])
    expect(days('1970-01-01T00:00:00.000Z', Date.parse('2026-11-13T08:00:00Z'))).toEqual(['2026-11-13'])
    expect(days('2031-01-01T00:00:00.000Z')).toEqual(['2026-11-20'])
  })
})

describe('an opinion', () => {
  const judge = (useful: boolean | null, over: object = {}): Sent => ({
    kind: 'giveback.judge',
    body: { fieldId: ASKED, kind: 'badge', useful, ...over },
  })
  it('is one of each question and kind: the last of a batch stands', () => {
    const said = fc.record({
      kind: fc.constantFrom('badge', 'segment'),
      useful: fc.constantFrom(true, false, null),
    })
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (steps) => {
        const { returnOpinions } = push(...steps.map(({ kind, useful }) => judge(useful, { kind })))
        const last = new Map(steps.map(({ kind, useful }) => [kind, useful]))
        expect(new Map(returnOpinions.map(({ kind, useful }) => [kind, useful]))).toEqual(last)
        expect(returnOpinions).toHaveLength(last.size)
      }),
    )
  })
  it('is of who is asked the question: of another branch’s it is put aside, and of none', () => {
    expect(push(judge(true, { fieldId: ELSEWHERE }), judge(true, { fieldId: UNKNOWN }))).toMatchObject({
      answers: [{ code: 'OP_FORBIDDEN' }, { code: 'OP_FIELD_UNKNOWN' }],
      returnOpinions: [],
      quarantined: [{ place: null }, { place: null }],
    })
  })
  it('of an insight is one of each too', () => {
    const said = [true, null, false].map((useful) => ({ kind: 'insight.judge', body: { key: 'k', useful } }))
    expect(push(...said).insightOpinions).toEqual([{ key: 'k', useful: false, at: NOW }])
  })
})
