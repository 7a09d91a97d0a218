import { describe, expect, it } from 'vitest'
import { type Invited, tell } from './invited.ts'

const one = (more: Partial<Invited>): Invited => ({
  email: 'a@example.test',
  membershipId: 'm',
  displayName: 'A',
  created: true,
  standing: 'invited',
  roles: 1,
  mailed: true,
  ...more,
})

describe('people invited together', () => {
  it('an invitation has left only when its e-mail has', () => {
    const told = tell([one({}), one({ mailed: false, email: 'b@example.test' })])
    expect(told).toMatchObject({ sent: 1, unsent: ['b@example.test'] })
  })
  it('who was there already is told by what it changed for him', () => {
    const there = { created: false, mailed: false, standing: 'live' } as const
    const told = tell([one(there), one({ ...there, roles: 0 }), one({ ...there, standing: 'revoked' })])
    expect(told).toEqual({ sent: 0, added: 1, held: 1, unsent: [], withdrawn: ['a@example.test'] })
  })
})
