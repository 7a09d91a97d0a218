import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetRound, readRound, writeRound } from './kept-round.ts'

const stored = new Map<string, string>()
beforeEach(() => {
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    },
  })
})
afterEach(() => stored.clear())

const accounts = new Map([
  ['seen', { lastVisitDay: '2026-11-23' }],
  ['today', { lastVisitDay: '2026-11-24' }],
  ['never', { lastVisitDay: null }],
])

describe('a round kept on the phone', () => {
  it('is as it was left, also those of it that were seen today', () => {
    writeRound('me', { day: '2026-11-24', ids: ['today', 'never', 'seen'] })
    expect(readRound('me', accounts, '2026-11-24').ids).toEqual(['today', 'never', 'seen'])
    expect(readRound('other', accounts, '2026-11-24').ids).toEqual([])
  })
  it('the next day holds what was not seen, and what was planned the evening before', () => {
    writeRound('me', { day: '2026-11-23', ids: ['seen', 'never', 'today'] })
    expect(readRound('me', accounts, '2026-11-24')).toEqual({ day: '2026-11-24', ids: ['never', 'today'] })
  })
  it('that cannot be read is empty, and one that was forgotten is gone', () => {
    stored.set('fieldback.round.me', '{"day":3}')
    expect(readRound('me', accounts, '2026-11-24').ids).toEqual([])
    writeRound('me', { day: '2026-11-24', ids: ['never'] })
    forgetRound('me')
    expect(readRound('me', accounts, '2026-11-24').ids).toEqual([])
  })
})
