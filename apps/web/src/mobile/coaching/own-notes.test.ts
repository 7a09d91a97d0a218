import type { CoachingNoteRow } from '@fieldback/domain/sync/pull'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../data/outbox-item.ts'
import { isWaiting, ownNotes } from './own-notes.ts'

const AS_OF = '2026-11-20T10:00:00.000Z'
const note = (over: Partial<CoachingNoteRow> = {}): CoachingNoteRow => ({
  id: 'n',
  authorName: 'Claire',
  about: null,
  text: 'Bravo',
  writtenAt: '2026-11-19T10:00:00.000Z',
  earlier: [],
  withdrawnAt: null,
  mark: null,
  answers: [],
  ...over,
})
const answer = (
  body: { text: string | null; mark: 'read' | 'done' },
  over: Partial<OutboxItem> = {},
): OutboxItem =>
  ({
    state: 'phone',
    savedAt: '2026-11-20T11:00:00.000Z',
    answeredAt: null,
    operation: { kind: 'coaching.answer', entityId: 'n', body },
    ...over,
  }) as unknown as OutboxItem
const own = (outbox: OutboxItem[], notes: CoachingNoteRow[] = [note()]) =>
  ownNotes({
    pack: { asOf: AS_OF, distributions: [], activity: [], ledger: [], notes },
    outbox,
  })

describe('what managers wrote to the reader', () => {
  it('shows at once what was made of it here, and that it waits', () => {
    expect(own([answer({ text: 'Merci', mark: 'read' })])).toMatchObject([
      { mark: 'read', answers: [{ text: 'Merci', standing: 'phone' }] },
    ])
  })
  it('shows what was taken since the server told it last, and then what the server tells', () => {
    const at = (answeredAt: string) => ({ state: 'accepted', answeredAt }) as const
    const body = { text: 'Merci', mark: 'done' } as const
    expect(own([answer(body, at('2026-11-20T10:00:01.000Z'))])[0]?.answers).toHaveLength(1)
    const told = note({ mark: 'done', answers: [{ text: 'Merci', at: AS_OF }] })
    expect(own([answer(body, at('2026-11-20T09:59:59.000Z'))], [told])[0]?.answers).toHaveLength(1)
  })
  it('a mark goes forward only, and nothing set aside counts as said', () => {
    expect(own([answer({ text: null, mark: 'read' })], [note({ mark: 'done' })])[0]?.mark).toBe('done')
    const [kept] = own([answer({ text: 'Merci', mark: 'done' }, { state: 'aside' })])
    expect(kept).toMatchObject({ mark: null, answers: [{ standing: 'aside' }] })
  })
  it('what was taken back waits for nobody', () => {
    expect(own([]).map(isWaiting)).toEqual([true])
    expect(own([], [note({ withdrawnAt: AS_OF })]).map(isWaiting)).toEqual([false])
  })
})
