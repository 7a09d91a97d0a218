import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field } from '../giveback/fixture.ts'
import { type AnswerValue, answerFault, isEmpty, isText, LONG_TEXT_MAX, SHORT_TEXT_MAX } from './answer.ts'
import { FIELD_TYPES, type FieldSpec, type FieldType } from './field-spec.ts'

const options = [
  { id: 'a', label: { fr: 'A' } },
  { id: 'old', label: { fr: 'Ancien' }, retired: true },
]
const spec = (type: FieldType, over: Partial<FieldSpec> = {}): FieldSpec =>
  field('x', { spec: { type, options, ...over } }).spec
const fault = (type: FieldType, value: AnswerValue, over: Partial<FieldSpec> = {}) =>
  answerFault(spec(type, over), value)

const GOOD: Readonly<Record<FieldType, AnswerValue>> = {
  yes_no: true,
  single_choice: 'a',
  multiple_choice: ['a', 'old'],
  integer: 3,
  decimal: 3.5,
  date: '2026-11-24',
  short_text: 'Frimat',
  long_text: 'Il hésite',
  computed: 12.5,
}
const WRONG: Readonly<Record<FieldType, readonly AnswerValue[]>> = {
  yes_no: ['true', 1, ['a'], ''],
  single_choice: [true, 1, ['a']],
  multiple_choice: ['a', true, 1],
  integer: ['3', true, ['a'], 3.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
  decimal: ['3', true, ['a'], Number.NaN, Number.NEGATIVE_INFINITY],
  date: [20261124, true, ['2026-11-24'], 'demain', '2026-11-24T10:00:00Z', '24/11/2026', '2026-1-4', ''],
  short_text: [3, true, ['a']],
  long_text: [3, true, ['a']],
  computed: ['3', true, ['a'], Number.NaN, Number.NEGATIVE_INFINITY],
}

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
  it('the same choice twice is refused, an empty list is not', () => {
    expect(fault('multiple_choice', ['a', 'a'])).toBe('ANSWER_OPTION')
    expect(fault('multiple_choice', [])).toBeNull()
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

describe('empty', () => {
  it('nothing, an empty text and an empty list are; "no", zero and "I do not know" are answers', () => {
    expect([undefined, '', []].map(isEmpty)).toEqual([true, true, true])
    expect([null, false, 0, 'x', ['a']].map(isEmpty)).toEqual([false, false, false, false, false])
  })
})

describe('free text', () => {
  it('is short and long text, and nothing that is counted', () => {
    expect(FIELD_TYPES.filter((type) => isText(spec(type)))).toEqual(['short_text', 'long_text'])
  })
})
