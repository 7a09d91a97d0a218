import { describe, expect, it } from 'vitest'
import { evaluateForm, planForm } from '../field/form-state.ts'
import { answers, field, TODAY } from '../giveback/fixture.ts'
import { type demandedFrom, missingFields, stillMissing } from './complete.ts'

const required = field('rival', { entity: 'report', spec: { required: true } })
const optional = field('note', { entity: 'report', spec: { type: 'short_text' } })
const asked = [required, optional]
const missing = (given: Parameters<typeof answers>[0]) =>
  missingFields(
    asked,
    answers(given),
    evaluateForm(planForm(asked), { answers: given, facts: {}, day: TODAY }),
  )

describe('what a report still lacks', () => {
  it('a required question without an answer, never an optional one', () => {
    expect(missing({})).toEqual(['rival'])
    expect(missing({ note: 'x' })).toEqual(['rival'])
  })
  it('an empty text or list is no answer; "no" and "I do not know" are', () => {
    expect(missing({ rival: '' })).toEqual(['rival'])
    expect(missing({ rival: [] })).toEqual(['rival'])
    expect(missing({ rival: false })).toEqual([])
    expect(missing({ rival: null })).toEqual([])
  })
  it('answers to other questions neither help nor harm', () => {
    expect(missing({ rival: true, gone: 'x' })).toEqual([])
  })
})

describe('what it still lacks today', () => {
  const path = ['france', 'aquitaine', 'basque']
  const demand = (territoryId: string, spec: object, below: Readonly<Record<string, object>> = {}) =>
    ({
      id: 'f',
      territoryId,
      spec: { required: false, ...spec },
      tightenings: Object.entries(below).map(([at, tightened]) => ({ territoryId: at, spec: tightened })),
    }) as Parameters<typeof demandedFrom>[0]
  const lacks = (...live: ReturnType<typeof demand>[]) => stillMissing(['f'], live, path).length === 1

  it('is what a live question requires at its home, of its owner, on a condition, or of a level below', () => {
    expect(lacks(demand('france', { required: true }))).toBe(true)
    expect(lacks(demand('france', { requiredIf: { all: [] } }))).toBe(true)
    expect(lacks(demand('france', {}, { aquitaine: { required: true } }))).toBe(true)
  })
  it('is not what was retired, is required no more, or of another branch alone', () => {
    expect(lacks()).toBe(false)
    expect(lacks(demand('france', {}))).toBe(false)
    expect(lacks(demand('bretagne', { required: true }))).toBe(false)
    expect(lacks(demand('france', {}, { bretagne: { required: true }, basque: {} }))).toBe(false)
  })
})
