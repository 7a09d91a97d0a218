import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../access/permissions.ts'
import { GROUP_MIN } from '../analytics/group-size.ts'
import { RANKS } from '../territory/rank.ts'
import { type UserGroup, usersOf } from './users.ts'

const reps: UserGroup = { role: 'rep', rank: 2, people: 12 }
const managers: UserGroup = { role: 'manager', rank: 2, people: 5 }

describe('who was shown the returns of a question', () => {
  it('is told by role and level, the largest group first', () => {
    expect(usersOf([managers, reps])).toEqual({ people: 17, groups: [reps, managers] })
  })

  it('is not told under five in all, and a small group goes with the smallest that is told', () => {
    expect(usersOf([{ ...reps, people: 4 }])).toBeNull()
    const four = { role: 'headquarters', rank: 0, people: 4 } as const
    expect(usersOf([reps, managers, four])).toEqual({ people: 21, groups: [reps] })
  })

  it('leaves neither a group nor a rest of one to four people, whatever subtraction is made', () => {
    const group = fc.record({
      role: fc.option(fc.constantFrom(...ROLES)),
      rank: fc.option(fc.constantFrom(...RANKS)),
      people: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(fc.array(group, { maxLength: 6 }), (groups) => {
        const users = usersOf(groups)
        if (!users) return
        const told = users.groups.map(({ people }) => people)
        const rest = users.people - told.reduce((a, b) => a + b, 0)
        for (const people of [users.people, ...told]) expect(people).toBeGreaterThanOrEqual(GROUP_MIN)
        expect(rest === 0 || rest >= GROUP_MIN).toBe(true)
      }),
    )
  })
})
