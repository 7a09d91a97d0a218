import { describe, expect, it } from 'vitest'
import { evaluateForm, planForm } from '../field/form-state.ts'
import { answers, field, TODAY } from '../giveback/fixture.ts'
import { missingFields } from './complete.ts'

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
