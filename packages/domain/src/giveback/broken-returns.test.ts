import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Giveback } from '../field/field-spec.ts'
import { brokenReturns } from './broken-returns.ts'
import { type BranchFacts, checkGiveback } from './check-giveback.ts'
import { field } from './fixture.ts'

const FACTS: BranchFacts = {
  reps: 3,
  repsBelow: 3,
  authorsLast60Days: 5,
  reportsLast60Days: 40,
  accountsMetLast60Days: 30,
  contactsMetLast60Days: 20,
  accountsSeenTwiceIn60Days: 6,
  accountsReachable: 100,
  contactsReachable: 80,
}
const segment: Giveback = { kind: 'segment', label: { fr: 'Oui' }, options: ['true'] }
const asked = (entity: 'report' | 'account', type: 'yes_no' | 'computed' = 'yes_no') =>
  field('x', {
    entity,
    spec: { type, givebacks: type === 'yes_no' ? [{ kind: 'badge' }, segment] : [{ kind: 'badge' }] },
  })

describe('a return that worked', () => {
  it('stands while it is answered and its branch is visited', () => {
    expect(brokenReturns(asked('report'), FACTS, 1)).toEqual([])
  })
  it('breaks alone when nobody of its list can be reached', () => {
    expect(brokenReturns(asked('report'), { ...FACTS, accountsReachable: 0 }, 9)).toEqual([
      { place: 1, kind: 'segment', code: 'GIVEBACK_NOBODY_REACHABLE', params: { answers: 40 } },
    ])
  })
  it('breaks when the answers that it names are all retired', () => {
    const spec = {
      ...asked('report').spec,
      type: 'single_choice' as const,
      givebacks: [{ ...segment, options: ['a'] }],
    }
    const retired = { ...spec, options: [{ id: 'a', label: { fr: 'A' }, retired: true }] }
    expect(brokenReturns({ entity: 'report', spec: retired }, FACTS, 9)).toMatchObject([
      { place: 0, code: 'GIVEBACK_OPTION_UNKNOWN' },
    ])
  })
  it('breaks when nobody answered for 60 days, of reports alone', () => {
    expect(brokenReturns(asked('report'), FACTS, 0).map(({ code }) => code)).toEqual([
      'GIVEBACK_NO_ANSWER',
      'GIVEBACK_NO_ANSWER',
    ])
    expect(brokenReturns(asked('account'), FACTS, 0)).toEqual([])
    expect(brokenReturns(asked('report', 'computed'), FACTS, 0)).toEqual([])
    // A young branch is judged on its plan: nobody can have answered.
    expect(brokenReturns(asked('report'), { ...FACTS, basis: 'planned' }, 0)).toEqual([])
  })
  it('is never said broken by less than a publication would refuse, nor with more answers than before', () => {
    const names = Object.keys(FACTS)
    const counts = fc
      .array(fc.nat({ max: 40 }), { minLength: names.length, maxLength: names.length })
      .map((n): BranchFacts => ({ ...FACTS, ...Object.fromEntries(names.map((name, at) => [name, n[at]])) }))
    fc.assert(
      fc.property(counts, fc.nat({ max: 3 }), (facts, answers) => {
        const question = asked('report')
        const broken = brokenReturns(question, facts, answers)
        const refused = question.spec.givebacks.filter((one) => !checkGiveback(one, question, facts).working)
        expect(broken.length).toBeGreaterThanOrEqual(refused.length)
        if (answers > 0) expect(broken).toHaveLength(refused.length)
        expect(brokenReturns(question, facts, answers + 1).length).toBeLessThanOrEqual(broken.length)
      }),
    )
  })
})
