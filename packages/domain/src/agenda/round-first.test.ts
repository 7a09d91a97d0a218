import { describe, expect, it } from 'vitest'
import type { DueVisit } from './due-visits.ts'
import { roundFirst } from './round-first.ts'

const visit = (accountId: string): DueVisit => ({
  accountId,
  priority: 1,
  lateness: 1,
  reasons: [{ code: 'NEVER_SEEN' }],
})
const due = [visit('a'), visit('b'), visit('c')]

describe('a day with a round', () => {
  it('begins with the round in its own order, and goes on with what else is due in its order', () => {
    expect(roundFirst(due, ['c', 'b']).map(({ accountId }) => accountId)).toEqual(['c', 'b', 'a'])
    expect(roundFirst(due, [])).toEqual(due)
  })
  it('holds a stop that is not due, for the reason that he chose it', () => {
    expect(roundFirst(due, ['z', 'a'])[0]).toMatchObject({ accountId: 'z', reasons: [{ code: 'ROUND' }] })
    expect(roundFirst(due, ['z', 'a'])).toHaveLength(4)
  })
})
