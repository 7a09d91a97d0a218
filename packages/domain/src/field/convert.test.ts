import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from './answer.ts'
import { answerFault } from './answer-fault.ts'
import { answerKey } from './answer-key.ts'
import { BECOMES, convert, type Way } from './convert.ts'
import { FIELD_TYPES, type FieldSpec, type FieldType } from './field-spec.ts'
import { normalAnswer } from './normal-answer.ts'

const spec = (type: FieldType, over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Question' },
  why: { fr: '…' },
  type,
  options: type.endsWith('choice')
    ? [
        { id: 'wheat', label: { fr: 'Blé', en: 'Wheat' } },
        { id: 'rye', label: { fr: 'Seigle', en: 'Rye' } },
        { id: 'oui', label: { fr: 'Oui', en: 'Yes' } },
      ]
    : [],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [],
  ...(type === 'rating' ? { min: 1, max: 5 } : {}),
  ...(type === 'money' ? { currency: 'EUR' as const } : {}),
  ...over,
})
/** Ten digits are a number here. */
const phone = (raw: string): string | null => {
  const digits = raw.replace(/\D/g, '')
  return /^0\d{9}$/.test(digits) ? `+33${digits.slice(1)}` : /^33\d{9}$/.test(digits) ? `+${digits}` : null
}
const NATURAL: Way = { map: {}, steps: [], natural: true }
const of = (x: AnswerValue, to: FieldSpec, way: Partial<Way> = {}) =>
  convert({ way: { ...NATURAL, ...way }, spec: to }, x, phone)

const said = fc.oneof(
  fc.constantFrom<AnswerValue>(
    ...[
      '12',
      '1 200',
      '12,5 kg',
      '-3',
      'douze',
      'oui',
      'Non',
      ' BLÉ ',
      'blé, seigle',
      'constructor',
      '__proto__',
    ],
    ...['31/12/2025', '31/02/2025', '2026-1-5', '1h30', '05 59 00 00 00', 'A@B.FR', 'exemple.fr', ''],
    ...[true, false, 0, 3, 4.5, -1, 1e300],
  ),
  fc.string({ maxLength: 300 }),
  fc.double(),
  fc.boolean(),
  fc.array(fc.constantFrom('wheat', 'rye', 'x'), { maxLength: 3 }),
)
const places = fc.constantFrom<string | null>(
  'wheat',
  'rye',
  'true',
  'false',
  '12',
  'gone',
  '31/12/2025',
  null,
)
const ways: fc.Arbitrary<Way> = fc.record({
  map: fc.dictionary(
    fc.oneof(fc.constantFrom('ble', 'douze', 'oui', 'wheat', 'x', 'true', '3'), fc.string()),
    places,
  ),
  steps: fc.array(fc.record({ from: fc.integer({ min: -5, max: 5 }), place: places }), { maxLength: 4 }),
  natural: fc.boolean(),
})

describe('an answer converted to another type', () => {
  it('always fits the new question, in its normal form, and is the same each time', () => {
    fc.assert(
      fc.property(said, fc.constantFrom(...FIELD_TYPES), ways, (x, type, way) => {
        const to = spec(type)
        const y = convert({ way, spec: to }, x, phone)
        expect(convert({ way, spec: to }, x, phone)).toEqual(y)
        if (y === undefined) return
        expect(y).not.toBeNull()
        expect(answerFault(to, y)).toBeNull()
        expect(normalAnswer(to, { v: 1, x: y }, phone).x).toEqual(y)
      }),
      { numRuns: 2000 },
    )
  })

  it('is what a person said it is, whatever it would naturally be, and nothing where he said so', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 50 }), (x) => {
        const key = answerKey(x)
        expect(of(x, spec('single_choice'), { map: { [key]: 'rye' } })).toBe('rye')
        expect(of(x, spec('short_text'), { map: { [key]: null } })).toBeUndefined()
      }),
    )
  })

  it('leaves "I do not know" as it is, in every type', () => {
    for (const type of FIELD_TYPES) expect(of(null, spec(type))).toBeNull()
  })

  it.each<[AnswerValue, FieldType, AnswerValue | undefined]>([
    ['  BLE ', 'single_choice', 'wheat'],
    ['rye', 'single_choice', 'rye'],
    ['Blé ; seigle', 'multiple_choice', ['wheat', 'rye']],
    ['Blé, autre', 'multiple_choice', undefined],
    [true, 'single_choice', 'oui'],
    ['Yes', 'yes_no', true],
    ['peut-être', 'yes_no', undefined],
    ['1 200', 'integer', 1200],
    ['12,5', 'integer', undefined],
    ['12,5', 'decimal', 12.5],
    ['12 chevaux', 'integer', undefined],
    ['15 €', 'money', 15],
    ['1h30', 'duration', 90],
    ['45 min', 'duration', 45],
    [7, 'rating', undefined],
    [4, 'rating', 4],
    ['31/12/2025', 'date', '2025-12-31'],
    ['31/02/2025', 'date', undefined],
    ['2026-11-29T08:30', 'date', '2026-11-29'],
    ['05 59 00 00 00', 'phone', '+33559000000'],
    ['demander à Maité', 'phone', undefined],
    [' A@B.fr ', 'email', 'a@b.fr'],
    ['exemple.fr', 'web_address', 'https://exemple.fr'],
    [3, 'short_text', '3'],
  ])('%j as %s is %j', (x, type, y) => {
    expect(of(x, spec(type))).toEqual(y)
  })

  it('follows its unit, and ranges take the last bound at or under a number', () => {
    expect(of('12 kg', spec('integer', { unit: 'kg' }))).toBe(12)
    const steps = [
      { from: 0, place: 'wheat' },
      { from: 10, place: 'rye' },
      { from: 100, place: null },
    ]
    expect([-1, 0, 9.9, 10, 99, 100].map((x) => of(x, spec('single_choice'), { steps }))).toEqual([
      undefined,
      'wheat',
      'wheat',
      'rye',
      'rye',
      undefined,
    ])
  })

  it('of several choices is those that have a place, or the one that they come to', () => {
    const way = { map: { a: 'wheat', b: 'wheat', c: 'rye', d: null }, natural: false }
    expect(of(['a', 'b', 'd'], spec('multiple_choice'), way)).toEqual(['wheat'])
    expect(of(['a', 'b'], spec('single_choice'), way)).toBe('wheat')
    expect(of(['a', 'c'], spec('single_choice'), way)).toBeUndefined()
  })

  it('goes to other types than its own, or to the same with other answers, and never to a computed one', () => {
    for (const type of FIELD_TYPES) {
      expect(BECOMES[type]).not.toContain('computed')
      if (!type.endsWith('choice')) expect(BECOMES[type]).not.toContain(type)
    }
  })
})
