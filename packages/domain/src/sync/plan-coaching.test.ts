import { describe, expect, it } from 'vitest'
import { COACHING_ANSWERS_MAX, type CoachingMark } from '../coaching/note.ts'
import { planBatch } from './plan-batch.ts'
import type { NoteState, PushContext } from './state.ts'

const NOW = '2026-11-20T10:00:00.000Z'
const note = (over: Partial<NoteState> = {}): NoteState => ({
  id: 'n',
  memberId: 'me',
  mark: null,
  answers: [],
  changedAt: '2026-11-19T10:00:00.000Z',
  version: 1,
  ...over,
})
const context = (notes: readonly NoteState[]): PushContext =>
  ({
    membershipId: 'me',
    assignments: [],
    territories: new Map(),
    moves: [],
    definitions: [],
    versions: new Map(),
    accounts: new Map(),
    contacts: new Map(),
    reports: new Map(),
    callbacks: new Map(),
    contests: new Map(),
    notes: new Map(notes.map((one) => [one.id, one])),
    receipts: new Map(),
    sequence: new Set(['n:1', 'n:2']),
    localDay: (instant: string) => instant.slice(0, 10),
    hash: () => 'another',
  }) as unknown as PushContext
const parsed = (seq: number, text: string | null, mark: CoachingMark) => ({
  raw: { kind: 'coaching.answer' },
  hash: String(seq),
  path: [],
  place: { opId: `op-${seq}`, entityId: 'n', seq },
  operation: {
    opId: `op-${seq}`,
    entityId: 'n',
    seq,
    base: 0,
    capturedAt: NOW,
    clockOffset: 0,
    kind: 'coaching.answer' as const,
    body: { text, mark },
  },
})
const plan = (held: readonly NoteState[], ...batch: ReturnType<typeof parsed>[]) =>
  planBatch(context(held), batch, NOW)

describe('what a rep makes of a note', () => {
  it('joins what he said before, and its mark goes forward only', () => {
    const { notes } = plan([note()], parsed(1, 'Merci', 'done'), parsed(2, null, 'read'))
    expect(notes.get('n')).toEqual(
      note({ mark: 'done', answers: [{ text: 'Merci', at: NOW }], changedAt: NOW, version: 3 }),
    )
  })
  it('is for the one to whom it was written', () => {
    const { answers, notes, quarantined } = plan([note({ memberId: 'other' })], parsed(1, 'Non', 'read'))
    expect(answers).toMatchObject([{ status: 'quarantined', code: 'OP_FORBIDDEN' }])
    expect([notes.size, quarantined[0]?.place]).toEqual([0, null])
    expect(plan([], parsed(1, 'Non', 'read')).answers).toMatchObject([{ code: 'OP_TARGET_UNKNOWN' }])
  })
  it('is kept whole and put aside once it was answered without end; marking it still counts', () => {
    const line = { text: 'x', at: NOW }
    const full = note({ answers: Array.from({ length: COACHING_ANSWERS_MAX }, () => line) })
    expect(plan([full], parsed(1, 'encore', 'read')).answers).toMatchObject([{ code: 'OP_ANSWER_INVALID' }])
    expect(plan([full], parsed(1, null, 'read')).notes.get('n')).toMatchObject({ mark: 'read' })
  })
})
