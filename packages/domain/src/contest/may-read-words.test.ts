import { describe, expect, it } from 'vitest'
import type { Role } from '../access/permissions.ts'
import type { Scope } from '../access/scope.ts'
import { mayReadWords, wordShown } from './may-read-words.ts'

const at = (role: Role, path: string): Scope => ({
  orgId: 'org',
  membershipId: 'me',
  deviceId: 'desk',
  day: '2026-11-29',
  grants: [{ assignmentId: 'a', role, territoryId: path, path }],
})

describe('the words of those who contest a question', () => {
  it('are read at its owner and below it, not above and not beside', () => {
    const readers = ['fr/', 'fr/64/', 'fr/64/pb/', 'fr/40/'].filter((path) =>
      mayReadWords(at('manager', path), 'fr/64/'),
    )
    expect(readers).toEqual(['fr/64/', 'fr/64/pb/'])
  })
  it('are read by nobody where fewer than five people could have written them, unless the writer said so', () => {
    expect([4, 5].map((reps) => wordShown({ openly: false }, reps))).toEqual([false, true])
    expect(wordShown({ openly: true }, 1)).toBe(true)
  })
})
