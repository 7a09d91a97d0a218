import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import { dueVisits } from '../agenda/due-visits.ts'
import type { AnswerValue } from '../field/answer.ts'
import { giveback as givebackSchema } from '../field/field-spec.ts'
import { account, answers, contact, field, report, rowsOf, TODAY } from './fixture.ts'
import { askedRhythms, type PriorityGiveback, visitOf } from './priority.ts'

const visits = (...pairs: [string, number][]): PriorityGiveback => ({
  kind: 'priority',
  visits: pairs.map(([option, everyDays]) => ({ option, everyDays })),
})
const potential = (id: string, ...pairs: [string, number][]) =>
  field(id, {
    entity: 'account',
    spec: {
      type: 'multiple_choice',
      options: ['strong', 'weak'].map((option) => ({ id: option, label: { fr: option } })),
      givebacks: [visits(...pairs)],
    },
  })
const said = (id: string, value: AnswerValue, lastVisitDay: string | null = null) =>
  account('a', { values: answers({ [id]: value }), lastVisitDay })
const days = (fields: Parameters<typeof askedRhythms>[0], one: ReturnType<typeof account>) =>
  askedRhythms(fields, rowsOf({ accounts: [one] })).get('a')?.everyDays ?? null

describe('an answer asks how often an account is visited', () => {
  const asks = potential('potential', ['strong', 30], ['weak', 180])
  it('by the answer given; no answer, "I do not know" and another answer ask nothing', () => {
    expect(days([asks], said('potential', ['strong']))).toBe(30)
    expect(days([asks], said('potential', ['weak']))).toBe(180)
    for (const nothing of [[], null, ['gone']]) expect(days([asks], said('potential', nothing))).toBeNull()
  })
  it('of a yes or no, by the side that is named', () => {
    expect(visitOf(visits(['true', 30]), true)?.everyDays).toBe(30)
    expect(visitOf(visits(['true', 30]), false)).toBeNull()
  })
  it('of a contact field any of its people, of a report field the newest report', () => {
    const boss = field('boss', { spec: { givebacks: [visits(['true', 14])] } })
    const project = field('project', { entity: 'report', spec: { givebacks: [visits(['true', 30])] } })
    const rows = rowsOf({
      accounts: [account('a'), account('b')],
      contacts: [
        contact('x', 'a', { values: answers({ boss: false }) }),
        contact('y', 'a', { values: answers({ boss: true }) }),
      ],
      reports: [
        report('r1', 'b', { day: addDays(TODAY, -9), values: answers({ project: true }) }),
        report('r2', 'b', { day: addDays(TODAY, -2), values: answers({ project: false }) }),
      ],
    })
    const asked = askedRhythms([boss, project], rows)
    expect([...asked].map(([id, { everyDays }]) => [id, everyDays])).toEqual([['a', 14]])
  })
  it('is published from a week to a year', () => {
    const published = (everyDays: number) => givebackSchema.safeParse(visits(['true', everyDays])).success
    expect([6, 7, 365, 366].map(published)).toEqual([false, true, true, false])
  })

  it('makes a visit due sooner, and says why', () => {
    const one = said('potential', ['strong'], addDays(TODAY, -30))
    const asked = askedRhythms([asks], rowsOf({ accounts: [one] }))
    expect(dueVisits({ accounts: [one], callbacks: [] }, TODAY)).toEqual([])
    expect(dueVisits({ accounts: [one], callbacks: [], asked }, TODAY)).toMatchObject([
      { lateness: 1, reasons: [{ code: 'ANSWER', fieldId: 'potential', everyDays: 30 }] },
    ])
  })
  it("puts a visit off, but never a manager's priority", () => {
    const one = said('potential', ['weak'], addDays(TODAY, -90))
    const asked = askedRhythms([asks], rowsOf({ accounts: [one] }))
    expect(dueVisits({ accounts: [one], callbacks: [] }, TODAY)).toHaveLength(1)
    expect(dueVisits({ accounts: [one], callbacks: [], asked }, TODAY)).toEqual([])
    const first = { ...one, priority: 1 }
    expect(dueVisits({ accounts: [first], callbacks: [], asked }, TODAY)).toMatchObject([
      { reasons: [{ code: 'PRIORITY' }] },
    ])
  })

  const anyField = fc.record({
    id: fc.constantFrom('f1', 'f2', 'f3', 'f4'),
    strong: fc.integer({ min: 7, max: 365 }),
    weak: fc.integer({ min: 7, max: 365 }),
  })
  const anyFields = fc
    .uniqueArray(anyField, { selector: ({ id }) => id, minLength: 1 })
    .map((list) => list.map(({ id, strong, weak }) => potential(id, ['strong', strong], ['weak', weak])))
  const anyAnswer = fc.subarray(['strong', 'weak'])
  it('whatever the order of questions the soonest asked has it, and one more question never puts a visit off', () => {
    fc.assert(
      fc.property(anyFields, fc.array(anyAnswer, { minLength: 4, maxLength: 4 }), (fields, given) => {
        const values = answers(
          Object.fromEntries(['f1', 'f2', 'f3', 'f4'].map((id, at) => [id, given[at] ?? []])),
        )
        const rows = rowsOf({ accounts: [account('a', { values })] })
        const all = askedRhythms(fields, rows)
        expect(askedRhythms([...fields].reverse(), rows)).toEqual(all)
        const fewer = askedRhythms(fields.slice(1), rows).get('a')?.everyDays
        if (fewer !== undefined) expect(all.get('a')?.everyDays).toBeLessThanOrEqual(fewer)
      }),
    )
  })
})
