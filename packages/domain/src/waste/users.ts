import type { Role } from '../access/permissions.ts'
import { GROUP_MIN } from '../analytics/group-size.ts'
import type { Rank } from '../territory/rank.ts'

/** People of one role at one level who were shown returns of a question; null of those who hold no role any more. */
export type UserGroup = {
  readonly role: Role | null
  readonly rank: Rank | null
  readonly people: number
}

export type Users = {
  readonly people: number
  /** Largest first; what is left of `people` are others, of whom it is not said what they are. */
  readonly groups: readonly UserGroup[]
}

/**
 * Who was shown the returns of a question. Neither a group nor those left over are ever one to four people: whoever
 * subtracts learns no more than whoever reads. Null under five in all.
 */
export function usersOf(groups: readonly UserGroup[]): Users | null {
  const sum = (of: readonly UserGroup[]) => of.reduce((total, { people }) => total + people, 0)
  const people = sum(groups)
  if (people < GROUP_MIN) return null
  const told = groups
    .filter((group) => group.role !== null && group.people >= GROUP_MIN)
    .sort((a, b) => b.people - a.people)
  const others = people - sum(told)
  return { people, groups: others > 0 && others < GROUP_MIN ? told.slice(0, -1) : told }
}
