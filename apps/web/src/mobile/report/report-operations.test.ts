import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { Condition } from '@fieldback/domain/field/condition-shape'
import { fieldSetHash, fieldSetMembers } from '@fieldback/domain/field/field-set'
import { evaluateForm, type FormGiven, planForm } from '@fieldback/domain/field/form-state'
import { account, contact, field, report } from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../data/draft.ts'
import { amendOperation, createOperations } from './report-operations.ts'
import { unanswered } from './use-report-form.ts'

const DAY = '2026-11-24'
const yes = (id: string): Condition => ({ all: [{ field: id, op: 'is', value: true }] })
const reportFields = [
  field('sells', { entity: 'report' }),
  field('price', { entity: 'report', version: 2, spec: { type: 'decimal', shownIf: yes('sells') } }),
  field('since', { entity: 'report', spec: { type: 'date', latest: { days: 0 } } }),
  field('double', { entity: 'report', spec: { type: 'computed', formula: '{price} * 2' } }),
]
const accountFields = [field('member', { entity: 'account' })]
const plan = planForm([...reportFields, ...accountFields])
const stateOf = (answers: FormGiven['answers']) => evaluateForm(plan, { answers, facts: {}, day: DAY })
const draftOf = (answers: Readonly<Record<string, AnswerValue>>): Draft => ({
  id: 'new:a',
  accountId: 'a',
  kind: 'visit',
  day: DAY,
  contactId: null,
  newContact: null,
  outcome: 'order',
  note: '',
  answers,
  proposed: [],
  seconds: {},
  startedAt: `${DAY}T10:00:00Z`,
  callback: null,
})
const created = (answers: Readonly<Record<string, AnswerValue>>) =>
  createOperations(
    {
      draft: draftOf(answers),
      state: stateOf(answers),
      outcome: 'order',
      account: account('a'),
      contact: contact('c', 'a'),
      reportFields,
      accountFields,
      contactFields: [],
    },
    { report: 'r', contact: 'n', callback: 'k' },
  )

describe('a report that is saved', () => {
  it('sends figures, and nothing that its conditions hide; the form it names is the whole one', () => {
    const [shown] = created({ sells: true, price: 4 })
    expect(shown).toMatchObject({
      body: {
        values: { sells: { v: 1, x: true }, price: { v: 2, x: 4 }, double: { v: 1, x: 8 } },
        fieldSet: fieldSetHash(fieldSetMembers(reportFields)),
      },
    })
    const [hidden] = created({ sells: false, price: 4 })
    expect(hidden?.kind === 'report.create' && hidden.body.values).toEqual({ sells: { v: 1, x: false } })
  })
  it('tells what it taught about the account before the report, whose conditions may read it', () => {
    expect(created({ member: true }).map(({ kind }) => kind)).toEqual(['account.update', 'report.create'])
  })
  it('leaves out a day that the day of the visit no longer allows', () => {
    const since = (day: string) =>
      created({ since: day }).map((one) => 'values' in one.body && one.body.values)
    expect(since(DAY)).toEqual([{ since: { v: 1, x: DAY } }])
    expect(since('2026-11-25')).toEqual([{}])
  })
  it('counts what is left over what is shown and answered by somebody', () => {
    expect(unanswered(draftOf({}), reportFields, stateOf({}))).toBe(2)
    expect(unanswered(draftOf({ sells: true }), reportFields, stateOf({ sells: true }))).toBe(2)
    const all = { sells: true, price: 1, since: DAY }
    expect(unanswered(draftOf(all), reportFields, stateOf(all))).toBe(0)
  })
})

describe('a report that is corrected', () => {
  const values = { sells: { v: 1, x: true }, price: { v: 2, x: 4 }, double: { v: 1, x: 8 } }
  const amended = (
    was: Readonly<Record<string, { v: number; x: AnswerValue }>>,
    answers: Readonly<Record<string, AnswerValue>>,
  ) => {
    const said = Object.fromEntries(Object.entries(was).map(([id, { x }]) => [id, x]))
    const operation = amendOperation(
      report('r', 'a', { day: DAY, outcome: 'order', note: null, contactId: null, values: was }),
      {
        draft: { ...draftOf(answers), contactId: null },
        state: stateOf(answers),
        stood: stateOf(said),
        outcome: 'order',
        reportFields,
      },
    )
    return operation?.kind === 'report.amend' ? operation.body.values : null
  }
  it('takes away the answer to a question that it hides, and its figures', () => {
    expect(amended(values, { sells: false, price: 4 })).toEqual({
      sells: { v: 1, x: false },
      price: null,
      double: null,
    })
  })
  it('leaves an answer that was hidden already', () => {
    const hidden = { sells: { v: 1, x: false }, price: { v: 2, x: 4 } }
    expect(amended(hidden, { sells: false, price: 4 })).toBeNull()
  })
  it('sends the figures that it moved', () => {
    expect(amended(values, { sells: true, price: 5, double: 8 })).toEqual({
      price: { v: 2, x: 5 },
      double: { v: 1, x: 10 },
    })
  })
})

it('a change in a form of sixty questions with twenty conditions costs less than a millisecond', () => {
  const many = Array.from({ length: 60 }, (_, at) =>
    field(`q${at}`, { entity: 'report', spec: at > 0 && at <= 20 ? { shownIf: yes(`q${at - 1}`) } : {} }),
  )
  const big = planForm(many)
  const all = Object.fromEntries(many.map(({ id }) => [id, true]))
  let state = evaluateForm(big, { answers: all, facts: {}, day: DAY })
  const times = Array.from({ length: 201 }, (_, at) => {
    const next = { answers: { ...all, q0: at % 2 === 1 }, facts: {}, day: DAY }
    const from = performance.now()
    state = evaluateForm(big, next, state)
    return performance.now() - from
  }).toSorted((a, b) => a - b)
  expect(times[100]).toBeLessThan(1)
})
