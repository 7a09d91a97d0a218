import { describe, expect, it } from 'vitest'
import { choiceOf, draftOf, named } from './clash-draft.ts'

const [kept, other, madeId] = [1, 2, 3].map((n) => `018f0000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]
const choice = {
  how: 'one' as const,
  fieldId: kept,
  others: [other],
  maps: { [other]: { oui: 'true' } },
  madeId,
}

describe('the id that a choice gives to the question that it makes', () => {
  it('stays with what is chosen exactly: another choice makes another question, and the same again the same', () => {
    const before = draftOf(choice)
    expect(choiceOf(before)).toEqual(choice)
    const changed = named({ ...before, maps: { [other]: { oui: null } } }, before)
    expect(changed.madeId).not.toBe(madeId)
    expect(choiceOf(named({ ...changed, how: 'keep' }, before))).toEqual({
      how: 'keep',
      fieldId: kept,
      others: [other],
    })
    expect(choiceOf(named({ ...changed, maps: choice.maps }, before))).toEqual(choice)
  })

  it('is given to one that was chosen without', () => {
    const { madeId: _, ...without } = choice
    expect(choiceOf(draftOf(without))).toMatchObject({ ...without, madeId: expect.any(String) })
  })
})
