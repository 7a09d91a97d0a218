import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, field, PATH } from '../giveback/fixture.ts'
import type { AnswerValue } from './answer.ts'
import type { Condition } from './condition-shape.ts'
import type { FieldDefinition, FieldSpec } from './field-spec.ts'
import { formFacts } from './form-facts.ts'
import {
  computedValue,
  evaluateForm,
  type FormGiven,
  type FormState,
  isRequired,
  isShown,
  planForm,
} from './form-state.ts'
import { resolveFields } from './resolve.ts'

const DAY = '2026-11-29'
const ask = (id: string, spec: Partial<FieldSpec> = {}) => field(id, { entity: 'report', spec })
const yes = (id: string): Condition => ({ all: [{ field: id, op: 'is', value: true }] })
const given = (
  answers: Readonly<Record<string, AnswerValue | undefined>>,
  facts: FormGiven['facts'] = {},
): FormGiven => ({ answers, facts, day: DAY })
const hidden = (state: FormState): string[] =>
  [...state.plan.fields.keys()].filter((id) => !isShown(state, id))

describe('a form with conditions', () => {
  const chain = [ask('a'), ask('b', { shownIf: yes('a') }), ask('c', { shownIf: yes('b') })]

  it('a hidden question counts as not answered, so that chains collapse', () => {
    const plan = planForm(chain)
    expect(hidden(evaluateForm(plan, given({ a: true, b: true })))).toEqual([])
    expect(hidden(evaluateForm(plan, given({ a: false, b: true })))).toEqual(['b', 'c'])
  })
  it('the order of the questions is nothing to it', () => {
    const plan = planForm(chain.toReversed())
    expect(hidden(evaluateForm(plan, given({ a: false, b: true }))).toSorted()).toEqual(['b', 'c'])
  })
  it('a question that is not of this form, or is retired, was never answered', () => {
    const gone = { ...ask('gone'), retired: true }
    const on = ask('on', { shownIf: yes('gone') })
    const without = ask('without', { shownIf: { all: [{ field: 'gone', op: 'not_answered' }] } })
    const asked = resolveFields(PATH, [gone, on, without] as FieldDefinition[], 'report')
    expect(hidden(evaluateForm(planForm(asked), given({ gone: true })))).toEqual(['on'])
  })
  it('required if it holds, and what is required for all stays so; only where it is shown', () => {
    const level = ask('level', { required: true, requiredIf: yes('a'), shownIf: yes('b') })
    const owner = ask('owner', { requiredIf: yes('a') })
    const plan = planForm([ask('a'), ask('b'), level, owner])
    const required = (answers: Readonly<Record<string, AnswerValue>>) => {
      const state = evaluateForm(plan, given(answers))
      return [level, owner].filter((one) => isRequired(state, one)).map(({ id }) => id)
    }
    expect(required({})).toEqual([])
    expect(required({ a: true })).toEqual(['owner'])
    expect(required({ b: true })).toEqual(['level'])
    expect(required({ a: true, b: true })).toEqual(['level', 'owner'])
  })
  it('a level below that requires a question does so where its owner shows it', () => {
    const owned: FieldDefinition = {
      ...field('q', { entity: 'report', owner: 'fr', spec: { shownIf: yes('a') } }),
      tightenings: [
        {
          id: 't',
          territoryId: 'pb',
          version: 1,
          spec: { required: true, without: [], options: [], locks: [] },
        },
      ],
    }
    const asked = resolveFields(PATH, [ask('a'), owned], 'report')
    const q = asked.find(({ id }) => id === 'q')
    if (!q) throw new Error('q is asked')
    const plan = planForm(asked)
    expect(isRequired(evaluateForm(plan, given({ a: true })), q)).toBe(true)
    expect(isRequired(evaluateForm(plan, given({ a: false })), q)).toBe(false)
  })
  it('facts are read as answers are', () => {
    const plan = planForm([
      ask('q', { shownIf: { all: [{ fact: 'daysSinceVisit', op: 'at_least', value: 90 }] } }),
    ])
    expect(hidden(evaluateForm(plan, given({}, { daysSinceVisit: 90 })))).toEqual([])
    expect(hidden(evaluateForm(plan, given({}, {})))).toEqual(['q'])
  })
  it('a circle that came about hides and computes nothing', () => {
    const plan = planForm([
      ask('a', { shownIf: yes('b') }),
      ask('b', { shownIf: yes('a') }),
      ask('n', { type: 'computed', formula: '{m}' }),
      ask('m', { type: 'computed', formula: '{n} + 1' }),
    ])
    const state = evaluateForm(plan, given({}))
    expect(hidden(state)).toEqual([])
    expect(computedValue(state, 'n')).toBeNull()
  })
})

describe('a computed figure', () => {
  const fields = [
    ask('ovens', { type: 'integer' }),
    ask('price', { type: 'decimal', shownIf: yes('sells') }),
    ask('sells'),
    ask('total', { type: 'computed', formula: '{ovens} * {price}', required: true }),
    ask('double', { type: 'computed', formula: '{total} * 2' }),
    ask('big', { shownIf: { all: [{ field: 'total', op: 'at_least', value: 10 }] } }),
  ]
  const plan = planForm(fields)

  it('follows the answers, feeds others and conditions, and is required of nobody', () => {
    const state = evaluateForm(plan, given({ ovens: 3, price: 4.5, sells: true }))
    expect(computedValue(state, 'total')).toBe(13.5)
    expect(computedValue(state, 'double')).toBe(27)
    expect(hidden(state)).toEqual([])
    expect(isRequired(state, { id: 'total', spec: fields[3]?.spec as FieldSpec })).toBe(false)
  })
  it('what a phone says of it is not read', () => {
    const state = evaluateForm(plan, given({ ovens: 1, price: 1, sells: true, total: 1000 }))
    expect(computedValue(state, 'total')).toBe(1)
    expect(hidden(state)).toEqual(['big'])
  })
  it('has no value once one of its questions is hidden', () => {
    const state = evaluateForm(plan, given({ ovens: 3, price: 4.5, sells: false }))
    expect(computedValue(state, 'total')).toBeNull()
    expect(hidden(state)).toEqual(['price', 'big'])
  })
})

describe('a change', () => {
  const fields = [
    ask('a'),
    ask('b', { shownIf: yes('a') }),
    ask('c', { shownIf: yes('b') }),
    ask('d', { shownIf: yes('c') }),
    ask('x'),
    ask('y', { shownIf: yes('x') }),
  ]
  const plan = planForm(fields)

  it('evaluates what hangs on it, and no further than it makes a difference', () => {
    const first = evaluateForm(plan, given({ a: true, b: false }))
    expect(first.evaluated).toBe(4)
    const typed = evaluateForm(plan, given({ a: true, b: false, free: 'text' }), first)
    expect(typed.evaluated).toBe(0)
    const other = evaluateForm(plan, given({ a: true, b: false, x: true }), typed)
    expect(other.evaluated).toBe(1)
    // b stays shown, so what hangs on b is not looked at.
    const same = evaluateForm(plan, given({ a: true, b: true, x: true }), other)
    expect(same.evaluated).toBe(2)
    const collapse = evaluateForm(plan, given({ a: false, b: true, x: true }), same)
    expect(collapse.evaluated).toBe(3)
    expect(hidden(collapse)).toEqual(['b', 'c', 'd'])
  })
  it('a list said again is no change', () => {
    const listed = planForm([
      ask('l', { type: 'multiple_choice' }),
      ask('q', { shownIf: { all: [{ field: 'l', op: 'contains_any', value: ['o'] }] } }),
    ])
    const first = evaluateForm(listed, given({ l: ['o'] }))
    expect(evaluateForm(listed, given({ l: ['o'] }), first).evaluated).toBe(0)
    expect(evaluateForm(listed, given({ l: [] }), first).evaluated).toBe(1)
  })
  it('the plan of a form is made once', () => {
    expect(planForm(fields)).toBe(plan)
  })
  it('after any changes the form is as if evaluated from nothing', () => {
    const answer = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'x'),
      value: fc.constantFrom(true, false, null, undefined),
    })
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 20 }), (changes) => {
        let answers: Record<string, AnswerValue | undefined> = {}
        let state = evaluateForm(plan, given(answers))
        for (const { id, value } of changes) {
          answers = { ...answers, [id]: value }
          state = evaluateForm(plan, given(answers), state)
        }
        expect([...state.outcomes]).toEqual([...evaluateForm(plan, given(answers)).outcomes])
      }),
    )
  })
  it('of a long chain looks at the chain alone', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      ask(`q${at}`, at < 20 && at > 0 ? { shownIf: yes(`q${at - 1}`) } : {}),
    )
    const big = planForm(many)
    const all = Object.fromEntries(many.map(({ id }) => [id, true]))
    const first = evaluateForm(big, given(all))
    expect(evaluateForm(big, given({ ...all, q0: false }), first).evaluated).toBe(19)
    expect(evaluateForm(big, given({ ...all, q40: false }), first).evaluated).toBe(0)
  })
})

describe('the facts of a form', () => {
  const visited = { ...account('a', { lastVisitDay: '2026-11-01', activity: 'Boulangerie' }) }
  const facts = (amended: boolean, day = DAY, lastVisitDay: string | null = '2026-11-01') =>
    formFacts({
      account: { ...visited, lastVisitDay },
      rank: 3,
      day,
      report: { met: true, outcome: null, kind: 'visit', amended },
    })

  it('say what is known, and nothing of what is not', () => {
    expect(facts(false)).toEqual({
      kind: 'client',
      priority: visited.priority,
      rank: '3',
      activity: 'Boulangerie',
      daysSinceVisit: 28,
      contactMet: true,
      reportKind: 'visit',
    })
    expect(facts(false, DAY, null)).not.toHaveProperty('daysSinceVisit')
    expect(formFacts({ account: visited, rank: 0, day: DAY, report: null })).not.toHaveProperty('contactMet')
  })
  it('a correction does not take its own visit for the one before', () => {
    expect(facts(false, '2026-11-01')).toMatchObject({ daysSinceVisit: 0 })
    expect(facts(true, '2026-11-01')).not.toHaveProperty('daysSinceVisit')
    expect(facts(false, '2026-10-01')).not.toHaveProperty('daysSinceVisit')
  })
})
