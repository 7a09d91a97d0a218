import { describe, expect, it } from 'vitest'
import { type PhoneStanding, phoneRisks } from './phone-risk.ts'

const SAFE: PhoneStanding = {
  now: new Date('2026-11-30T09:00:00Z'),
  oldestUnsent: null,
  freeBytes: 2_000_000_000,
  erasedWhenIdle: false,
}
const kinds = (change: Partial<PhoneStanding>) => phoneRisks({ ...SAFE, ...change })

describe('risks of a phone', () => {
  it('says nothing of a phone that is well', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({ freeBytes: null })).toEqual([])
  })
  it('warns at three whole days unsent, not before', () => {
    expect(kinds({ oldestUnsent: '2026-11-27T09:00:01Z' })).toEqual([])
    expect(kinds({ oldestUnsent: '2026-11-27T09:00:00Z' })).toEqual([{ kind: 'unsent', days: 3 }])
    expect(kinds({ oldestUnsent: '2026-11-01T00:00:00Z' })).toEqual([{ kind: 'unsent', days: 29 }])
  })
  it('a clock set back since is no risk', () => {
    expect(kinds({ oldestUnsent: '2026-12-24T00:00:00Z' })).toEqual([])
  })
  it('warns under fifty megabytes, and never tells of less than none', () => {
    expect(kinds({ freeBytes: 50_000_000 })).toEqual([])
    expect(kinds({ freeBytes: 49_999_999 })).toEqual([{ kind: 'space', megabytes: 49 }])
    expect(kinds({ freeBytes: -5 })).toEqual([{ kind: 'space', megabytes: 0 }])
  })
  it('says the most pressing first', () => {
    const all = kinds({ oldestUnsent: '2026-11-20T09:00:00Z', freeBytes: 0, erasedWhenIdle: true })
    expect(all.map(({ kind }) => kind)).toEqual(['unsent', 'space', 'not-installed'])
  })
})
