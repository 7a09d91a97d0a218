import type { Contests } from '@fieldback/domain/sync/pull'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../data/outbox-item.ts'
import { ownContests } from './own-contests.ts'

const NONE: Contests = { mine: [], fields: [] }
const PULLED = '2026-11-20T10:00:00.000Z'
let place = 0
const item = (
  operation: { kind: string; entityId: string; body?: object },
  over: Partial<OutboxItem> = {},
): OutboxItem =>
  ({
    place: ++place,
    state: 'phone',
    savedAt: `2026-11-20T09:00:0${place % 10}.000Z`,
    answeredAt: null,
    answer: null,
    operation: { body: {}, ...operation },
    ...over,
  }) as unknown as OutboxItem
const open = (entityId: string, over: Partial<OutboxItem> = {}, body: object = {}) =>
  item(
    {
      kind: 'contest.open',
      entityId,
      body: { fieldId: 'f', version: 1, reason: 'useless', word: 'mots', openly: false, ...body },
    },
    over,
  )
const withdraw = (entityId: string, over: Partial<OutboxItem> = {}) =>
  item({ kind: 'contest.withdraw', entityId }, over)
const pulled = (id: string, answer: Contests['mine'][number]['answer'] = null): Contests['mine'][number] => ({
  id,
  fieldId: 'f',
  fieldVersion: 1,
  reason: 'useless',
  word: null,
  wordShown: false,
  openedAt: '2026-11-19T10:00:00.000Z',
  answer,
})
const own = (outbox: OutboxItem[], mine: Contests['mine'] = []) =>
  ownContests({ contests: { ...NONE, mine }, outbox, pulledAt: PULLED }).map(({ id, standing }) => [
    id,
    standing,
  ])

describe('what the reader contests', () => {
  it('shows at once what waits on the phone, and that it waits', () => {
    expect(own([open('a')])).toEqual([['a', 'phone']])
  })
  it('shows what was taken since the last page, and then what the page says', () => {
    const taken = { state: 'accepted', answeredAt: '2026-11-20T10:00:01.000Z' } as const
    expect(own([open('a', taken)])).toEqual([['a', 'accepted']])
    const before = { state: 'accepted', answeredAt: '2026-11-20T09:59:59.000Z' } as const
    expect(own([open('a', before)])).toEqual([])
    expect(own([open('a', before)], [pulled('a')])).toEqual([['a', 'accepted']])
  })
  it('no longer shows what was taken back here, unless it was answered meanwhile', () => {
    expect(own([open('a'), withdraw('a')])).toEqual([])
    expect(own([withdraw('a')], [pulled('a')])).toEqual([])
    const answer = { kind: 'keep', reason: 'r', answeredAt: PULLED, fieldVersion: 1 } as const
    expect(own([withdraw('a')], [pulled('a', answer)])).toEqual([['a', 'accepted']])
  })
  it('shows the last one of a question and version, and one set aside as such', () => {
    expect(own([open('b')], [pulled('a')])).toEqual([['b', 'phone']])
    expect(own([open('b', {}, { version: 2 })], [pulled('a')]).map(([id]) => id)).toEqual(['b', 'a'])
    expect(own([open('b', { state: 'aside' })])).toEqual([['b', 'aside']])
  })
})
