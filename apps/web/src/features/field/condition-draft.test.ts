import type { Condition } from '@fieldback/domain/field/condition-shape'
import { describe, expect, it } from 'vitest'
import {
  conditionOf,
  type DraftCondition,
  draftCondition,
  EMPTY_CLAUSE,
  EMPTY_CONDITION,
  isUnfinished,
} from './condition-draft.ts'

const condition: Condition = {
  any: [
    { field: 'f', op: 'is', value: false },
    {
      all: [
        { fact: 'outcome', op: 'one_of', value: ['order'] },
        { field: 'g', op: 'answered' },
      ],
    },
  ],
}

describe('a condition being written', () => {
  it('comes back as it was published', () => {
    expect(conditionOf(draftCondition(condition))).toEqual(condition)
  })
  it('leaves out sentences that say nothing yet, and is none when all do', () => {
    const draft: DraftCondition = {
      every: true,
      parts: [
        EMPTY_CLAUSE,
        { about: 'f', op: 'one_of', value: [] },
        { about: 'f', op: 'at_least', value: 0 },
        { every: false, parts: [EMPTY_CLAUSE] },
      ],
    }
    expect(conditionOf(draft)).toEqual({ all: [{ field: 'f', op: 'at_least', value: 0 }] })
    expect(isUnfinished(draft)).toBe(true)
    expect(conditionOf(EMPTY_CONDITION)).toBeUndefined()
    expect(conditionOf(null)).toBeUndefined()
    expect(isUnfinished(draftCondition(condition))).toBe(false)
  })
})
