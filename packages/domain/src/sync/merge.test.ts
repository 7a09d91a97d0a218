import { describe, expect, it } from 'vitest'
import { type Meeting, mergesOf } from './merge.ts'
import type { LaterChange } from './state.ts'

const change = (version: number, opId: string, ...keys: readonly string[]): LaterChange => ({
  version,
  opId,
  membershipId: opId,
  by: `Nom de ${opId}`,
  at: '2026-11-20T10:00:00.000Z',
  after: Object.fromEntries(keys.map((key) => [key, opId])),
})
const meeting = (later: readonly LaterChange[], over: Partial<Meeting> = {}): Meeting => ({
  base: 1,
  later,
  isOwn: (opId) => opId === 'mine',
  hidden: () => false,
  joined: new Set(),
  ...over,
})
const patch = { before: { city: 'Hasparren' }, after: { city: 'Cambo' } }

describe('what two people changed', () => {
  it('is told with both values, whose the other was and since when', () => {
    expect(mergesOf(meeting([change(2, 'theirs', 'city')]), patch)).toEqual([
      {
        field: 'city',
        kept: 'Cambo',
        replaced: 'Hasparren',
        by: { membershipId: 'theirs', name: 'Nom de theirs' },
        at: '2026-11-20T10:00:00.000Z',
      },
    ])
  })
  it('a second correction before the first returns is no conflict with oneself', () => {
    expect(mergesOf(meeting([change(2, 'mine', 'city')]), patch)).toEqual([])
    expect(mergesOf(meeting([change(2, 'theirs', 'city'), change(3, 'mine', 'city')]), patch)).toEqual([])
  })
  it('what somebody else changed after one’s own first correction is', () => {
    expect(mergesOf(meeting([change(2, 'mine', 'city'), change(3, 'theirs', 'city')]), patch)).toHaveLength(1)
  })
  it('another field, or a change the phone knew, is not', () => {
    expect(mergesOf(meeting([change(2, 'theirs', 'name')]), patch)).toEqual([])
    expect(mergesOf(meeting([change(2, 'theirs', 'city')], { base: 2 }), patch)).toEqual([])
  })
  it('of which the author may not read the words is not told', () => {
    expect(mergesOf(meeting([change(2, 'theirs', 'city')], { hidden: () => true }), patch)).toEqual([])
  })
})
