import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NewOperation } from '../data/outbox.ts'
import type { PhoneStore } from '../data/store.ts'
import { openRecorder } from './record.ts'

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  vi.useFakeTimers()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function open(day = () => '2026-11-24') {
  const saves: NewOperation[][] = []
  const store = {
    getState: () => ({ identity: { membershipId: 'me' } }),
    save: async (operations: NewOperation[]) => {
      saves.push(operations)
    },
  } as unknown as PhoneStore
  return { saves, recorder: openRecorder(store, day) }
}
const badge = (fieldId: string, accountId = 'a') => ({ fieldId, kind: 'badge', accountId }) as const

describe('a return that reached its reader', () => {
  it('is noted once a field, account and day, however often it is shown', () => {
    const { saves, recorder } = open()
    recorder.note([badge('f'), badge('g')], 'shown')
    recorder.note([badge('f')], 'shown')
    recorder.flush()
    recorder.note([badge('f'), badge('f', 'b')], 'shown')
    recorder.flush()
    expect(saves.map((operations) => operations.length)).toEqual([2, 1])
  })
  it('is noted apart when it is opened, and again the next day', () => {
    let today = '2026-11-24'
    const { saves, recorder } = open(() => today)
    recorder.note([badge('f')], 'shown')
    recorder.note([badge('f')], 'opened')
    recorder.note([badge('f')], 'opened')
    today = '2026-11-25'
    recorder.note([badge('f')], 'shown')
    recorder.flush()
    expect(saves.flat().map(({ body }) => 'done' in body && body.done)).toEqual(['shown', 'opened', 'shown'])
  })
  it('says what was done, about which account, and what a server of an earlier version reads of it', () => {
    const { saves, recorder } = open()
    for (let at = 0; at < 30; at++) recorder.note([badge('f')], 'acted')
    recorder.note([badge('f')], 'shown')
    recorder.flush()
    expect(saves.flat().map(({ body }) => body)).toEqual([
      { fieldId: 'f', kind: 'badge', used: true, done: 'acted', about: 'a' },
      { fieldId: 'f', kind: 'badge', used: false, done: 'shown', about: 'a' },
    ])
  })
  it('gathers what is seen within a moment into one save', () => {
    const { saves, recorder } = open()
    recorder.note([badge('f', 'a')], 'shown')
    vi.advanceTimersByTime(15_000)
    recorder.note([badge('f', 'b')], 'shown')
    expect(saves).toEqual([])
    vi.advanceTimersByTime(6_000)
    expect(saves.map((operations) => operations.length)).toEqual([2])
  })
})
