import { describe, expect, it } from 'vitest'
import { bucketsOf } from '../analytics/bucket.ts'
import type { AnswerValue } from '../field/answer.ts'
import { FIELD_TYPES, type FieldSpec, type FieldType } from '../field/field-spec.ts'
import { answerParts } from './answer-parts.ts'
import { fitsType } from './fits-type.ts'
import { field, TODAY } from './fixture.ts'

const parts = (type: FieldType, x: AnswerValue, over: Partial<FieldSpec> = {}) =>
  answerParts(field('x', { spec: { type, ...over } }).spec, { v: 1, x }, TODAY)

describe('an answer as it is shown', () => {
  it('an amount has its currency, a length of time its minutes, a rating its scale', () => {
    expect(parts('money', 1250.5, { currency: 'CHF' })).toEqual({
      kind: 'money',
      value: 1250.5,
      currency: 'CHF',
    })
    expect(parts('duration', 90)).toEqual({ kind: 'duration', minutes: 90 })
    expect(parts('rating', 4, { max: 10 })).toEqual({ kind: 'rating', value: 4, of: 10 })
    expect(parts('rating', 4)).toMatchObject({ of: 5 })
  })
  it('a date and time says its day, how far it is, and its clock', () => {
    expect(parts('date_time', '2026-11-25T14:05')).toEqual({
      kind: 'date',
      day: '2026-11-25',
      inDays: 1,
      clock: '14:05',
    })
  })
  it('who is referred to is an id: the name is for who may read it', () => {
    expect(parts('account_reference', 'a1')).toEqual({ kind: 'reference', to: 'account', id: 'a1' })
    expect(parts('contact_reference', 'c1')).toEqual({ kind: 'reference', to: 'contact', id: 'c1' })
  })
  it('a value of another kind than its question shows nothing, whatever it is', () => {
    const values: AnswerValue[] = [
      true,
      3,
      'mots',
      ['a'],
      { street: 'x', postcode: '', city: '', country: '' },
      { latitude: 1, longitude: 2, accuracy: null },
    ]
    const fitting = FIELD_TYPES.map((type) => [type, values.filter((x) => parts(type, x) !== null).length])
    expect(Object.fromEntries(fitting)).toEqual({
      yes_no: 1,
      // No option is known by these words.
      single_choice: 0,
      multiple_choice: 0,
      integer: 1,
      decimal: 1,
      money: 1,
      duration: 1,
      rating: 1,
      computed: 1,
      date: 1,
      date_time: 1,
      short_text: 1,
      long_text: 1,
      phone: 1,
      email: 1,
      web_address: 1,
      postal_address: 1,
      position: 1,
      account_reference: 1,
      contact_reference: 1,
      list_reference: 0,
      photo: 1,
    })
  })
  it('"I do not know" and an address without a word show nothing', () => {
    for (const type of FIELD_TYPES) expect(parts(type, null)).toBeNull()
    expect(parts('postal_address', { street: '', postcode: '', city: ' ', country: '' })).toBeNull()
  })
  it('a type of a later release shows nothing, is not counted and makes no return', () => {
    const later = { ...field('x').spec, type: 'hologram' as FieldType }
    expect(answerParts(later, { v: 1, x: 'mots' }, TODAY)).toBeNull()
    expect(bucketsOf(later, 'mots')).toEqual([])
    expect(fitsType('badge', later.type)).toBe(false)
  })
})
