import { describe, expect, it } from 'vitest'
import { field } from '../giveback/fixture.ts'
import type { Clause, Condition } from './condition-shape.ts'
import type { FieldEntity, FieldSpec } from './field-spec.ts'
import { type Referable, referencesFault, referencesOf } from './plan-references.ts'

const ask = (id: string, spec: Partial<FieldSpec> = {}, entity: FieldEntity = 'report'): Referable =>
  field(id, { entity, spec: { label: { fr: id.toUpperCase() }, ...spec } })
const options = [
  { id: 'oven', label: { fr: 'Four' } },
  { id: 'old', label: { fr: 'Ancien' }, retired: true },
]
const referable = [
  ask('yes'),
  ask('choice', { type: 'single_choice', options }),
  ask('choices', { type: 'multiple_choice', options }),
  ask('number', { type: 'integer' }),
  ask('day', { type: 'date' }),
  ask('text', { type: 'short_text' }),
  { ...ask('retired'), retired: true },
  ask('card', {}, 'account'),
  ask('person', {}, 'contact'),
]
const fault = (spec: Partial<FieldSpec>, entity: FieldEntity = 'report', id: string | null = null) =>
  referencesFault({ id, entity, spec: ask('me', spec).spec }, { referable, below: [] })
const on = (...all: Clause[]) => fault({ shownIf: { all } })?.code ?? null
const is = (id: string): Condition => ({ all: [{ field: id, op: 'is', value: true }] })

describe('what a question may hang on', () => {
  it('questions asked by its territory and above, retired ones too, and no others', () => {
    expect(on({ field: 'yes', op: 'is', value: true })).toBeNull()
    expect(on({ field: 'retired', op: 'is', value: true })).toBeNull()
    expect(on({ field: 'sibling', op: 'is', value: true })).toBe('FIELD_REFERENCE_UNKNOWN')
    expect(fault({ requiredIf: is('sibling') })?.params).toEqual({ reason: 'unknown', question: '' })
  })
  it("a card's question never hangs on a report's, nor an account's on a person's", () => {
    expect(fault({ shownIf: is('yes') }, 'account')).toMatchObject({
      params: { reason: 'entity', question: 'YES' },
    })
    expect(fault({ shownIf: is('person') }, 'account')).toMatchObject({ params: { reason: 'entity' } })
    expect(fault({ shownIf: is('card') }, 'contact')).toBeNull()
    expect(fault({ shownIf: { all: [{ fact: 'outcome', op: 'answered' }] } }, 'account')).toMatchObject({
      params: { reason: 'entity', fact: 'outcome' },
    })
    expect(fault({ shownIf: { all: [{ fact: 'kind', op: 'is', value: 'client' }] } }, 'account')).toBeNull()
  })
  it.each<[string, Clause]>([
    ['a figure for a yes or no', { field: 'yes', op: 'is', value: 1 }],
    ['more or less of a choice', { field: 'choice', op: 'at_least', value: 1 }],
    ['an answer that is none of its', { field: 'choice', op: 'is', value: 'deck' }],
    ['one of, without a list', { field: 'choice', op: 'one_of', value: 'oven' }],
    ['is, with a list', { field: 'choice', op: 'is', value: ['oven'] }],
    ['is, of several choices', { field: 'choices', op: 'is', value: 'oven' }],
    ['a text for a number', { field: 'number', op: 'at_most', value: '3' }],
    ['a word for a day', { field: 'day', op: 'before', value: 'demain' }],
    ['the words of a text', { field: 'text', op: 'is', value: 'x' }],
    ['no value', { field: 'yes', op: 'is' }],
    ['an outcome that is none', { fact: 'outcome', op: 'is', value: 'lost' }],
    ['a rank that is none', { fact: 'rank', op: 'one_of', value: ['4'] }],
    ['an activity without words', { fact: 'activity', op: 'is', value: ' ' }],
  ])('%s is refused', (_, clause) => {
    expect(on(clause)).toBe('FIELD_CONDITION_WRONG')
  })
  it('what fits is accepted, retired answers too', () => {
    expect(
      on(
        { field: 'choice', op: 'one_of', value: ['oven', 'old'] },
        { field: 'choices', op: 'contains_any', value: ['oven'] },
        { field: 'number', op: 'at_least', value: 3 },
        { field: 'day', op: 'after', value: '2026-01-01' },
        { field: 'text', op: 'answered' },
        { fact: 'activity', op: 'one_of', value: ['Boulangerie'] },
        { fact: 'rank', op: 'is', value: '3' },
        { fact: 'contactMet', op: 'is', value: true },
      ),
    ).toBeNull()
  })
})

describe('a formula at publication', () => {
  const computed = (formula: string | undefined, entity: FieldEntity = 'report') =>
    fault({ type: 'computed', ...(formula === undefined ? {} : { formula }) }, entity)?.params ?? null
  it('is read, of the right types, over questions it may name; faults tell their character', () => {
    expect(computed('{number} * 2 + if({yes}, 1, 0) + days({day}, day)')).toBeNull()
    expect(computed(undefined)).toMatchObject({ reason: 'empty' })
    expect(computed('{number} *')).toMatchObject({ reason: 'end', at: 11 })
    expect(computed('1 + {sibling}')).toMatchObject({ reason: 'reference', at: 5 })
    expect(computed('1 + {text}')).toMatchObject({ reason: 'reference', at: 5 })
    expect(computed('{day} + 1')).toMatchObject({ reason: 'type', at: 1 })
    expect(computed('1', 'account')).toMatchObject({ reason: 'entity' })
  })
})

describe('a circle', () => {
  it('is refused with its path, through formulas and conditions alike', () => {
    const a = ask('a', { type: 'computed', formula: '{b} + 1' })
    const b = ask('b', {
      type: 'integer',
      shownIf: { all: [{ any: [{ field: 'c', op: 'is', value: true }] }] },
    })
    const me = ask('c', { requiredIf: { all: [{ field: 'a', op: 'at_least', value: 1 }] } })
    expect(
      referencesFault(
        { id: 'c', entity: 'report', spec: me.spec },
        { referable: [a, b, ask('c')], below: [] },
      ),
    ).toEqual({ code: 'FIELD_CYCLE', params: { path: 'C → A → B → C' } })
  })
  it('of one question is one', () => {
    expect(fault({ label: { fr: 'Moi' }, shownIf: is('me') }, 'report', 'me')).toMatchObject({
      code: 'FIELD_CYCLE',
      params: { path: 'Moi → Moi' },
    })
    expect(fault({ type: 'computed', formula: '{me} + 1' }, 'report', 'me')).toMatchObject({
      code: 'FIELD_CYCLE',
    })
  })
  it('goes through a question of a level below', () => {
    const national = ask('n', { shownIf: is('yes') })
    const local = ask('l', { shownIf: is('n') })
    const above = ask('yes', { shownIf: is('l') })
    expect(
      referencesFault(
        { id: 'n', entity: 'report', spec: national.spec },
        { referable: [above, ask('n')], below: [local] },
      ),
    ).toMatchObject({ code: 'FIELD_CYCLE', params: { path: 'N → YES → L → N' } })
  })
  it('is none where two ways lead to one question', () => {
    const diamond = [ask('top'), ask('l', { shownIf: is('top') }), ask('r', { shownIf: is('top') })]
    const me = ask('me', {
      shownIf: {
        any: [
          { field: 'l', op: 'answered' },
          { field: 'r', op: 'answered' },
        ],
      },
    })
    expect(
      referencesFault({ id: 'me', entity: 'report', spec: me.spec }, { referable: diamond, below: [] }),
    ).toBeNull()
    expect(referencesOf(me.spec)).toEqual(['l', 'r'])
  })
})
