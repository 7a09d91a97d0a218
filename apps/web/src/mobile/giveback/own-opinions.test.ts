import type { Opinions } from '@fieldback/domain/giveback/opinion'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../data/outbox-item.ts'
import { ownOpinions } from './own-opinions.ts'

const PULLED = '2026-11-20T10:00:00.000Z'
const SENT: Opinions = {
  returns: [{ fieldId: 'f', kind: 'badge', useful: true, day: '2026-11-01' }],
  insights: [{ key: 'k', useful: false, day: '2026-11-01' }],
}
const item = (kind: string, body: object, over: Partial<OutboxItem> = {}): OutboxItem =>
  ({
    state: 'phone',
    savedAt: '2026-11-20T09:00:00.000Z',
    answeredAt: null,
    answer: null,
    operation: { kind, entityId: 'e', body },
    ...over,
  }) as unknown as OutboxItem
const judge = (useful: boolean | null, over: Partial<OutboxItem> = {}) =>
  item('giveback.judge', { fieldId: 'f', kind: 'badge', useful }, over)
const said = (...outbox: OutboxItem[]) => {
  const { returns, insights } = ownOpinions({ opinions: SENT, outbox, pulledAt: PULLED })
  return [returns.map(({ useful }) => useful), insights.map(({ useful }) => useful)]
}

describe('what the reader thinks', () => {
  it('shows at once what waits on the phone, the last that was said', () => {
    expect(said()).toEqual([[true], [false]])
    expect(said(judge(false))).toEqual([[false], [false]])
    expect(said(judge(false), judge(null))).toEqual([[], [false]])
    expect(said(item('insight.judge', { key: 'k', useful: null }))).toEqual([[true], []])
  })
  it('keeps what the server took on top until its next page, which another phone may have changed since', () => {
    const taken = (answeredAt: string) => judge(false, { state: 'accepted', answeredAt })
    expect(said(taken('2026-11-20T10:00:01.000Z'))).toEqual([[false], [false]])
    expect(said(taken('2026-11-20T09:59:00.000Z'))).toEqual([[true], [false]])
  })
  it('does not show what was put aside', () => {
    expect(said(judge(false, { state: 'aside', answeredAt: '2026-11-20T11:00:00.000Z' }))).toEqual([
      [true],
      [false],
    ])
  })
})
