import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketsOf } from '../analytics/bucket.ts'
import { field } from '../giveback/fixture.ts'
import { type AnswerValue, isEmpty, isText } from './answer.ts'
import { answerFault } from './answer-fault.ts'
import { FIELD_TYPES, type FieldSpec, type FieldType } from './field-spec.ts'
import { slotsFor } from './slots.ts'
import { DURATION_MOST } from './types/number.ts'
import { takenAt } from './types/photo.ts'
import { ADDRESS_MAX } from './types/place.ts'
import { LONG_TEXT_MAX, PHONE_MAX, SHORT_TEXT_MAX } from './types/text.ts'

const options = [
  { id: 'a', label: { fr: 'A' } },
  { id: 'old', label: { fr: 'Ancien' }, retired: true },
]
const spec = (type: FieldType, over: Partial<FieldSpec> = {}): FieldSpec =>
  field('x', { spec: { type, options, ...over } }).spec
const fault = (type: FieldType, value: AnswerValue, over: Partial<FieldSpec> = {}) =>
  answerFault(spec(type, over), value)

/** What a hostile or older phone may send. */
const odd = (value: object): AnswerValue => value as AnswerValue

const GOOD: Readonly<Record<FieldType, AnswerValue>> = {
  yes_no: true,
  single_choice: 'a',
  multiple_choice: ['a', 'old'],
  integer: 3,
  decimal: 3.5,
  date: '2026-11-24',
  money: -12.5,
  duration: 90,
  rating: 4,
  date_time: '2026-11-24T09:05',
  short_text: 'Frimat',
  long_text: 'Il hésite',
  phone: 'le 06 de la patronne',
  email: 'a.demander@',
  web_address: 'leur page',
  postal_address: { street: '', postcode: '', city: 'Pau', country: '' },
  position: { latitude: 43.2951, longitude: -0.3708, accuracy: 12 },
  account_reference: '019a8c1e-7b00-7000-8000-0000000000a1',
  contact_reference: '019a8c1e-7b00-7000-8000-0000000000c1',
  list_reference: 'a',
  photo: ['019a8c1e-7b00-7000-8000-0000000000f1'],
  computed: 12.5,
}
const WRONG: Readonly<Record<FieldType, readonly AnswerValue[]>> = {
  yes_no: ['true', 1, ['a'], ''],
  single_choice: [true, 1, ['a']],
  multiple_choice: ['a', true, 1],
  integer: ['3', true, ['a'], 3.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
  decimal: ['3', true, ['a'], Number.NaN, Number.NEGATIVE_INFINITY],
  date: [20261124, true, ['2026-11-24'], 'demain', '2026-11-24T10:00:00Z', '24/11/2026', '2026-1-4', ''],
  money: ['3', true, ['a'], Number.NaN, GOOD.position],
  duration: ['90', true, 1.5, ['a']],
  rating: ['4', true, 3.5, ['a']],
  date_time: [
    '2026-11-24',
    '2026-11-24T24:00',
    '2026-11-24T09:60',
    '2026-02-30T09:00',
    '2026-11-24T09:05:00',
    '2026-11-24T09:05Z',
    '2026-11-24 09:05',
    20261124,
    '',
  ],
  short_text: [3, true, ['a'], GOOD.postal_address],
  long_text: [3, true, ['a']],
  phone: [33_612_345_678, true, ['a']],
  email: [3, true, ['a']],
  web_address: [3, true, ['a']],
  postal_address: ['Pau', 3, true, ['a'], GOOD.position, odd({ street: 'x', postcode: '', city: '' })],
  position: [
    '43.2951,-0.3708',
    3,
    ['a'],
    GOOD.postal_address,
    { latitude: 91, longitude: 0, accuracy: 1 },
    { latitude: 0, longitude: 180.1, accuracy: 1 },
    { latitude: 0, longitude: 0, accuracy: -1 },
    odd({ latitude: 0, longitude: 0 }),
    odd({ latitude: 0, longitude: 0, accuracy: 1, speed: 3 }),
  ],
  account_reference: ['Boulangerie', 3, true, ['a'], '', '019a8c1e-7b00-7000-8000-0000000000A1'],
  contact_reference: ['Maider', 3, true, ['a'], ''],
  list_reference: [3, true, ['a'], GOOD.position],
  photo: ['019a8c1e-7b00-7000-8000-0000000000f1', 3, true, ['a'], ['../etc/passwd'], GOOD.position],
  computed: ['3', true, ['a'], Number.NaN, Number.NEGATIVE_INFINITY],
}

describe('a bounded date', () => {
  const bounds: Partial<FieldSpec> = { earliest: { days: -7 }, latest: { day: '2026-12-31' } }
  const on = (type: FieldType, value: string, visit: string | null) =>
    answerFault(spec(type, bounds), value, visit)
  it('is told from the day of the visit, both ends included', () => {
    expect(
      ['2026-11-16', '2026-11-17', '2026-12-31', '2027-01-01'].map((x) => on('date', x, '2026-11-24')),
    ).toEqual(['ANSWER_RANGE', null, null, 'ANSWER_RANGE'])
    expect(on('date_time', '2026-12-31T23:59', '2026-11-24')).toBeNull()
    expect(on('date_time', '2026-11-16T23:59', '2026-11-24')).toBe('ANSWER_RANGE')
  })
  it('is held by fixed days alone where the visit is not known', () => {
    expect(on('date', '1990-01-01', null)).toBeNull()
    expect(on('date', '2027-01-01', null)).toBe('ANSWER_RANGE')
  })
})

describe('an answer and its question', () => {
  it.each(FIELD_TYPES)('%s takes its own kind of value and "I do not know"', (type) => {
    expect(fault(type, GOOD[type])).toBeNull()
    expect(fault(type, null)).toBeNull()
  })
  it.each(FIELD_TYPES)('%s refuses every other kind', (type) => {
    for (const value of WRONG[type]) expect(fault(type, value), JSON.stringify(value)).toBe('ANSWER_TYPE')
  })
  it('an option of another field is refused; a retired one is accepted from an old phone', () => {
    expect(fault('single_choice', 'b')).toBe('ANSWER_OPTION')
    expect(fault('multiple_choice', ['a', 'b'])).toBe('ANSWER_OPTION')
    expect(fault('single_choice', 'old')).toBeNull()
  })
  it('an item of another list is told, one retired meanwhile is accepted, and several where several may be named', () => {
    expect(fault('list_reference', 'elsewhere')).toBe('ANSWER_OPTION')
    expect(fault('list_reference', 'old')).toBeNull()
    expect(fault('list_reference', ['a', 'old'], { multiple: true })).toBeNull()
    expect(fault('list_reference', ['a', 'elsewhere'], { multiple: true })).toBe('ANSWER_OPTION')
    expect(fault('list_reference', 'a', { multiple: true })).toBe('ANSWER_TYPE')
  })
  it('the same choice twice is refused, an empty list is not', () => {
    expect(fault('multiple_choice', ['a', 'a'])).toBe('ANSWER_OPTION')
    expect(fault('multiple_choice', [])).toBeNull()
  })
  it('photos are as many as the question takes, each named once by an id that says when it was taken', () => {
    const id = (n: number) => `019a8c1e-7b00-7000-8000-0000000000f${n}`
    expect(fault('photo', [])).toBeNull()
    expect(fault('photo', [id(1), id(2)])).toBe('ANSWER_RANGE')
    expect(fault('photo', [id(1), id(2)], { max: 2 })).toBeNull()
    expect(fault('photo', [id(1), id(1)], { max: 2 })).toBe('ANSWER_TYPE')
    expect(fault('photo', ['7c9e6679-7425-40de-944b-e07fc1f90ae7'])).toBe('ANSWER_TYPE')
    expect(new Date(takenAt(id(1))).toISOString().slice(0, 7)).toBe('2025-11')
  })
  it('both bounds belong to the question', () => {
    const bounds = { min: 1, max: 10 }
    expect([0, 1, 10, 11].map((x) => fault('integer', x, bounds))).toEqual([
      'ANSWER_RANGE',
      null,
      null,
      'ANSWER_RANGE',
    ])
    expect(fault('decimal', 0.999, bounds)).toBe('ANSWER_RANGE')
    expect(fault('decimal', 1e16)).toBe('ANSWER_RANGE')
  })
  it('29 February is a day in 2024 and 2000, not in 2026 or 1900', () => {
    expect(['2024-02-29', '2000-02-29', '2026-02-29', '1900-02-29'].map((day) => fault('date', day))).toEqual(
      [null, null, 'ANSWER_TYPE', 'ANSWER_TYPE'],
    )
  })
  it('31 April and 30 February are not days', () => {
    for (const day of ['2026-04-31', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32']) {
      expect(fault('date', day), day).toBe('ANSWER_TYPE')
    }
  })
  it('every day of the calendar is accepted', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          expect(fault('date', date.toISOString().slice(0, 10))).toBeNull()
        },
      ),
    )
  })
  it('a text may be as long as its limit and not one letter more', () => {
    expect(fault('short_text', 'x'.repeat(SHORT_TEXT_MAX))).toBeNull()
    expect(fault('short_text', 'x'.repeat(SHORT_TEXT_MAX + 1))).toBe('ANSWER_TOO_LONG')
    expect(fault('long_text', 'x'.repeat(LONG_TEXT_MAX))).toBeNull()
    expect(fault('long_text', 'x'.repeat(1_000_000))).toBe('ANSWER_TOO_LONG')
  })
})

describe('numbers with a meaning', () => {
  it('a duration is never less than nothing and never more than a year, whatever its question says', () => {
    expect([-1, 0, DURATION_MOST, DURATION_MOST + 1].map((x) => fault('duration', x))).toEqual([
      'ANSWER_RANGE',
      null,
      null,
      'ANSWER_RANGE',
    ])
    expect(fault('duration', -1, { min: -10 })).toBe('ANSWER_RANGE')
    expect(fault('duration', 29, { min: 30 })).toBe('ANSWER_RANGE')
  })
  it('a rating goes from one to the end of its scale, to five where none is said', () => {
    expect([0, 1, 5, 6].map((x) => fault('rating', x))).toEqual(['ANSWER_RANGE', null, null, 'ANSWER_RANGE'])
    expect([7, 8].map((x) => fault('rating', x, { max: 7 }))).toEqual([null, 'ANSWER_RANGE'])
  })
  it('an amount keeps to the bounds of its question', () => {
    expect([99.99, 100].map((x) => fault('money', x, { min: 100, currency: 'EUR' }))).toEqual([
      'ANSWER_RANGE',
      null,
    ])
  })
})

describe('what is typed to reach somebody', () => {
  it('is never refused for its form, only for a length that nothing has', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: PHONE_MAX }), (typed) => {
        for (const type of ['phone', 'email', 'web_address'] as const) expect(fault(type, typed)).toBeNull()
      }),
    )
    expect(fault('phone', '0'.repeat(PHONE_MAX + 1))).toBe('ANSWER_TOO_LONG')
  })
  it('an address is as long as an account’s own', () => {
    const address = { street: '', postcode: '', city: '', country: '' }
    expect(fault('postal_address', { ...address, city: 'x'.repeat(ADDRESS_MAX.city) })).toBeNull()
    expect(fault('postal_address', { ...address, city: 'x'.repeat(ADDRESS_MAX.city + 1) })).toBe(
      'ANSWER_TOO_LONG',
    )
  })
})

describe('empty', () => {
  it('an address of which no part is said is; a position never', () => {
    const address = { street: '', postcode: ' ', city: '', country: '' }
    expect([isEmpty(address), isEmpty({ ...address, country: 'Espagne' })]).toEqual([true, false])
    expect(isEmpty({ latitude: 0, longitude: 0, accuracy: null })).toBe(false)
  })
  it('nothing, an empty text and an empty list are; "no", zero and "I do not know" are answers', () => {
    expect([undefined, '', []].map(isEmpty)).toEqual([true, true, true])
    expect([null, false, 0, 'x', ['a']].map(isEmpty)).toEqual([false, false, false, false, false])
  })
})

describe('told in words', () => {
  it('are free texts and all that says how to reach somebody, where or who, or shows it; nothing that is counted', () => {
    expect(FIELD_TYPES.filter((type) => isText(spec(type)))).toEqual([
      'short_text',
      'long_text',
      'phone',
      'email',
      'web_address',
      'postal_address',
      'position',
      'account_reference',
      'contact_reference',
      'photo',
    ])
  })
  it('what is told in words is in no bucket and no column', () => {
    for (const type of FIELD_TYPES.filter((each) => isText(spec(each)))) {
      expect([type, bucketsOf(spec(type), GOOD[type]), slotsFor('report', spec(type))]).toEqual([
        type,
        [],
        [],
      ])
    }
  })
})
