import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldEntity, Giveback } from '../field/field-spec.ts'
import { type BranchFacts, checkGiveback } from './check-giveback.ts'
import {
  assumedPlan,
  type BranchPlan,
  type Expected,
  expectedFlow,
  expectedOf,
  VISITS_PER_REP,
  type YoungBranch,
} from './expected-facts.ts'
import { field } from './fixture.ts'

/** The plan of accounts, by the days between two visits of each. */
const planOf = (every: readonly number[], withContact = every.length): BranchPlan => ({
  visits: every.reduce((sum, days) => sum + 60 / days, 0),
  met: every.reduce((sum, days) => sum + Math.min(1, 60 / days), 0),
  metWithContact: every.slice(0, withContact).reduce((sum, days) => sum + Math.min(1, 60 / days), 0),
  returning: every.filter((days) => days <= 60).length,
})
const EMPTY: YoungBranch = { young: true, reported: false, accounts: 0, imported: false, plan: planOf([]) }
const facts = (expected: Expected | null, reps: number, over: Partial<BranchFacts> = {}): BranchFacts => ({
  reps,
  repsBelow: reps,
  accountsReachable: 0,
  contactsReachable: 0,
  ...(expected
    ? { ...expected.flow, basis: expected.basis }
    : {
        authorsLast60Days: 0,
        reportsLast60Days: 0,
        accountsMetLast60Days: 0,
        contactsMetLast60Days: 0,
        accountsSeenTwiceIn60Days: 0,
      }),
  ...over,
})
const badge: Giveback = { kind: 'badge' }
const comparison: Giveback = { kind: 'comparison' }
const judge = (giveback: Giveback, of: BranchFacts, entity: FieldEntity = 'report') =>
  checkGiveback(giveback, field('x', { entity }), of)

describe('which branch is judged on its plan', () => {
  it('a young one that never had a report: on the rhythm of its accounts', () => {
    expect(
      expectedOf({ ...EMPTY, accounts: 3, imported: true, plan: planOf([30, 30, 30]) }, 2),
    ).toMatchObject({
      basis: 'planned',
      flow: { reportsLast60Days: 6 },
    })
  })
  it('while the whole organisation has no account: on ten accounts a rep, seen once a month', () => {
    expect(expectedOf(EMPTY, 2)).toEqual({
      basis: 'assumed',
      flow: {
        authorsLast60Days: 2,
        reportsLast60Days: 40,
        accountsMetLast60Days: 20,
        contactsMetLast60Days: 10,
        accountsSeenTwiceIn60Days: 20,
      },
    })
  })
  it('not one that had a report, nor one past its 60 days, nor an empty place beside accounts', () => {
    const planned = { ...EMPTY, accounts: 3, imported: true, plan: planOf([30, 30, 30]) }
    expect(expectedOf({ ...planned, reported: true }, 2)).toBeNull()
    expect(expectedOf({ ...planned, young: false }, 2)).toBeNull()
    expect(expectedOf({ ...EMPTY, young: false }, 2)).toBeNull()
    expect(expectedOf({ ...EMPTY, imported: true }, 2)).toBeNull()
  })
})

describe('what a plan lets a question give back', () => {
  const young = (reps: number) => facts(expectedOf(EMPTY, reps), reps)
  it('nothing without a rep: somebody is invited first', () => {
    for (const giveback of [badge, comparison])
      expect(judge(giveback, young(0))).toMatchObject({ working: false, code: 'GIVEBACK_NO_REP' })
  })
  it('a badge and a comparison of outcomes with one rep, and says that it is expected', () => {
    expect(judge(badge, young(1))).toEqual({
      working: true,
      basis: 'assumed',
      evidence: { reps: 1, answers: 20, accountsSeenTwice: 10 },
    })
    expect(judge(comparison, young(1))).toMatchObject({ working: true, basis: 'assumed' })
  })
  it('no comparison that could never reach its group: ten accounts and one rep', () => {
    expect(judge(comparison, young(1), 'account')).toMatchObject({
      working: false,
      code: 'GIVEBACK_TOO_FEW_PEOPLE',
      params: { have: 1, need: 5, basis: 'assumed' },
    })
    expect(judge(comparison, young(5), 'account')).toMatchObject({ working: true, evidence: { people: 5 } })
  })
  it('no list while nobody can be reached', () => {
    const segment: Giveback = { kind: 'segment', label: { fr: 'S' }, options: ['true'] }
    expect(judge(segment, young(3))).toMatchObject({ code: 'GIVEBACK_NOBODY_REACHABLE' })
    expect(judge(segment, { ...young(3), accountsReachable: 1 })).toMatchObject({ working: true })
  })
  it('no badge where the next visit is later than 60 days after the last', () => {
    const plan = planOf(Array.from({ length: 40 }, () => 90))
    const late = facts(expectedOf({ ...EMPTY, accounts: 40, imported: true, plan }, 2), 2)
    expect(judge(badge, late)).toMatchObject({
      code: 'GIVEBACK_NO_SECOND_VISIT',
      params: { reports: 26, basis: 'planned' },
    })
  })
  it('nothing where no visit is planned at all', () => {
    const never = facts(expectedOf({ ...EMPTY, accounts: 1, imported: true, plan: planOf([365]) }, 2), 2)
    expect(judge(badge, never)).toMatchObject({ code: 'GIVEBACK_TOO_FEW_ANSWERS', params: { have: 0 } })
  })
})

describe('expected figures, whatever the accounts and the reps', () => {
  const rhythms = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 60 })
  const reps = fc.integer({ min: 0, max: 12 })
  const flowOf = (every: readonly number[], people: number) => expectedFlow(planOf(every), people)

  it('never promise more than the reps can visit, nor more met or returning than visits allow', () => {
    fc.assert(
      fc.property(rhythms, reps, (every, people) => {
        const flow = flowOf(every, people)
        expect(flow.reportsLast60Days).toBeLessThanOrEqual(people * VISITS_PER_REP)
        expect(flow.accountsMetLast60Days).toBeLessThanOrEqual(Math.min(every.length, flow.reportsLast60Days))
        expect(flow.contactsMetLast60Days).toBeLessThanOrEqual(flow.accountsMetLast60Days)
        expect(2 * flow.accountsSeenTwiceIn60Days).toBeLessThanOrEqual(flow.reportsLast60Days)
        expect(flow.authorsLast60Days).toBeLessThanOrEqual(people)
        for (const figure of Object.values(flow)) expect(Number.isInteger(figure) && figure >= 0).toBe(true)
      }),
    )
  })
  it('grow with accounts and with reps: what works with fewer still works with more', () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 1, max: 400 }), reps, (every, more, people) => {
        const [before, longer, wider] = [
          flowOf(every, people),
          flowOf([...every, more], people),
          flowOf(every, people + 1),
        ]
        for (const key of Object.keys(before) as (keyof typeof before)[]) {
          expect(longer[key]).toBeGreaterThanOrEqual(before[key])
          expect(wider[key]).toBeGreaterThanOrEqual(before[key])
        }
      }),
    )
  })
  it('without a rep nothing works; a verdict on a plan always says so', () => {
    fc.assert(
      fc.property(rhythms, reps, fc.boolean(), (every, people, imported) => {
        const branch = { ...EMPTY, accounts: every.length, imported: imported || every.length > 0 }
        const expected = expectedOf({ ...branch, plan: planOf(every) }, people)
        for (const giveback of [badge, comparison]) {
          const verdict = judge(giveback, facts(expected, people))
          if (people === 0) expect(verdict.working).toBe(false)
          const told = verdict.working ? verdict.basis : verdict.params.basis
          expect(told).toBe(expected?.basis)
        }
      }),
    )
  })
  it('an assumption is what ten accounts a rep, seen monthly, would plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (people) => {
        const real = planOf(
          Array.from({ length: 10 * people }, () => 30),
          5 * people,
        )
        expect(expectedFlow(assumedPlan(people), people)).toEqual(expectedFlow(real, people))
      }),
    )
  })
})
