import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '../field/answer.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import { BINS_MAX } from './bins.ts'
import { bucketLabelParts, bucketsOf, sortBuckets } from './bucket.ts'

const spec = (over: Partial<FieldSpec>): FieldSpec => ({
  label: { fr: 'Question' },
  why: { fr: 'Pour savoir' },
  type: 'yes_no',
  options: [],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [],
  ...over,
})
const options = ['frimat', 'nordik', 'autre'].map((id) => ({ id, label: { fr: id } }))
const names = (of: FieldSpec, x: AnswerValue): string[] => bucketsOf(of, x).map(({ bucket }) => bucket)
const years = spec({ type: 'integer', min: 0, max: 30, unit: 'ans' })

describe('answers that are not numbers', () => {
  it('"I do not know" is a bucket of its own for every countable type', () => {
    for (const type of [
      'yes_no',
      'single_choice',
      'multiple_choice',
      'integer',
      'decimal',
      'date',
    ] as const) {
      expect(bucketsOf(spec({ type, options }), null)).toEqual([{ bucket: 'unknown', value: null }])
    }
  })
  it('yes and no are true and false', () => {
    expect(names(spec({}), true)).toEqual(['true'])
    expect(names(spec({}), false)).toEqual(['false'])
  })
  it('several choices count once each', () => {
    expect(names(spec({ type: 'multiple_choice', options }), ['frimat', 'autre', 'frimat'])).toEqual([
      'frimat',
      'autre',
    ])
  })
  it('a date counts in its month', () => {
    expect(names(spec({ type: 'date' }), '2026-12-08')).toEqual(['2026-12'])
  })
  it('text, a missing answer, an empty list and a value of another type count nowhere', () => {
    expect(names(spec({ type: 'short_text' }), 'secret')).toEqual([])
    expect(names(spec({ type: 'long_text' }), null)).toEqual([])
    expect(bucketsOf(spec({}), undefined)).toEqual([])
    expect(names(spec({ type: 'multiple_choice', options }), [])).toEqual([])
    expect(names(spec({}), 'true')).toEqual([])
    expect(names(spec({ type: 'integer' }), '3')).toEqual([])
    expect(names(spec({ type: 'single_choice', options }), 3)).toEqual([])
  })
})

describe('numbers', () => {
  it('bounds 0 to 30 make bins of 5, and the number is kept for the sum', () => {
    expect(bucketsOf(years, 14)).toEqual([{ bucket: '10', value: 14 }])
    expect(names(years, 15)).toEqual(['15'])
    expect(names(years, 30)).toEqual(['30'])
  })
  it('edges are written exactly: 0.3 belongs to 0.3 and not to 0.30000000000000004', () => {
    const rate = spec({ type: 'decimal', min: 0, max: 1 })
    expect(names(rate, 0.3)).toEqual(['0.3'])
    expect(names(rate, 0.7)).toEqual(['0.7'])
    expect(names(rate, 0.29999)).toEqual(['0.2'])
  })
  it('the double just below an edge stays below it, though dividing by the width rounds up', () => {
    const small = spec({ type: 'decimal', min: 0, max: 0.00001 })
    expect(names(small, 0.0000029999999999999997)).toEqual(['0.000002'])
  })
  it('without both bounds, bins follow 1, 2, 5, 10; zero and negative numbers have theirs', () => {
    const free = spec({ type: 'integer' })
    expect([0, 1, 2, 4, 5, 9, 10, 1234, -1, -3].map((x) => names(free, x)[0])).toEqual([
      '0',
      '1',
      '2',
      '2',
      '5',
      '5',
      '10',
      '1000',
      '-1',
      '-5',
    ])
    expect(names(spec({ type: 'decimal', min: 0 }), 0.04)).toEqual(['0.02'])
    expect(names(spec({ type: 'decimal' }), 0.0000001)).toEqual(['0'])
  })
  it('bounds that are equal, crossed or beyond what can be counted still give a bin', () => {
    for (const [min, max] of [
      [7, 7],
      [9, 3],
      [1e15, 1e15],
      [-1e300, 1e300],
      [1e300, 1e300],
    ] as const) {
      expect(names(spec({ type: 'decimal', min, max }), 7)).toHaveLength(1)
    }
  })

  const bounded = fc
    .tuple(
      fc.constantFrom('integer' as const, 'decimal' as const),
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.oneof(
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1e-6, noNaN: true }),
      ),
    )
    .map(([type, min, extent]) =>
      type === 'integer'
        ? spec({ type, min: Math.trunc(min), max: Math.min(1e15, Math.trunc(min) + Math.trunc(extent)) })
        : spec({ type, min, max: Math.min(1e15, min + extent) }),
    )
  const within = (of: FieldSpec) =>
    fc
      .double({ min: of.min ?? -1e15, max: of.max ?? 1e15, noNaN: true })
      .map((x) => (of.type === 'integer' ? Math.round(x) : x))

  it('any number within bounds lies between the edges of its bin', () => {
    fc.assert(
      fc.property(
        fc
          .oneof(bounded, fc.constant(spec({ type: 'decimal' })), fc.constant(spec({ type: 'integer' })))
          .chain((of) => fc.tuple(fc.constant(of), within(of))),
        ([of, x]) => {
          const [bucket] = names(of, x)
          const label = bucketLabelParts(of, bucket ?? '')
          if (label.kind !== 'range') throw new Error('not a range')
          expect(label.from).toBeLessThanOrEqual(x)
          if (label.to !== null) expect(label.to).toBeGreaterThanOrEqual(x)
        },
      ),
    )
  })
  it('two bounds never make more than twelve bins, and a larger number never falls in a lower bin', () => {
    fc.assert(
      fc.property(
        bounded.chain((of) =>
          fc.tuple(fc.constant(of), fc.array(within(of), { minLength: 30, maxLength: 60 })),
        ),
        ([of, xs]) => {
          const edges = [...xs].sort((a, b) => a - b).map((x) => Number(names(of, x)[0]))
          expect(new Set(edges).size).toBeLessThanOrEqual(BINS_MAX)
          expect(edges).toEqual([...edges].sort((a, b) => a - b))
        },
      ),
    )
  })
})

describe('labels', () => {
  it('a bin of whole numbers says both its ends, cut at what the question allows', () => {
    expect(bucketLabelParts(years, '10')).toEqual({
      kind: 'range',
      from: 10,
      to: 14,
      whole: true,
      unit: 'ans',
    })
    expect(bucketLabelParts(years, '30')).toEqual({
      kind: 'range',
      from: 30,
      to: 30,
      whole: true,
      unit: 'ans',
    })
  })
  it('a bin of decimals ends where the next begins', () => {
    expect(bucketLabelParts(spec({ type: 'decimal' }), '2')).toEqual({
      kind: 'range',
      from: 2,
      to: 5,
      whole: false,
      unit: null,
    })
  })
  it('a bin made under other bounds keeps its lower edge and claims no upper one', () => {
    expect(bucketLabelParts(years, '12')).toMatchObject({ from: 12, to: null })
    expect(bucketLabelParts(years, '100')).toMatchObject({ from: 100, to: null })
  })
  it('an option says its label, retired or not; one of another version says only its id', () => {
    const of = spec({ type: 'single_choice', options: [{ id: 'a', label: { fr: 'Ancien' }, retired: true }] })
    expect(bucketLabelParts(of, 'a')).toEqual({ kind: 'option', label: { fr: 'Ancien' }, retired: true })
    expect(bucketLabelParts(of, 'b')).toEqual({ kind: 'other', bucket: 'b' })
  })
  it('every bucket that an answer makes has a label that is not "other"', () => {
    expect(bucketLabelParts(spec({}), 'true')).toEqual({ kind: 'yes' })
    expect(bucketLabelParts(spec({}), 'false')).toEqual({ kind: 'no' })
    expect(bucketLabelParts(spec({ type: 'date' }), '2026-12')).toEqual({ kind: 'month', month: '2026-12' })
    expect(bucketLabelParts(years, 'unknown')).toEqual({ kind: 'unknown' })
  })
})

describe('an answer that a level added', () => {
  it('counts as the one it refines, whatever refines it in turn, and once beside it', () => {
    const own = (id: string, countsAs: string) => ({ id, label: { fr: id }, retired: true, countsAs })
    const refined = [...options, own('fin', 'autre'), own('plus-fin', 'fin')]
    expect(names(spec({ type: 'single_choice', options: refined }), 'plus-fin')).toEqual(['autre'])
    expect(names(spec({ type: 'multiple_choice', options: refined }), ['fin', 'autre', 'frimat'])).toEqual([
      'autre',
      'frimat',
    ])
  })
})

describe('order', () => {
  it('options follow the question, then what it no longer knows, then unknown', () => {
    expect(
      sortBuckets(spec({ type: 'single_choice', options }), ['unknown', 'vieux', 'autre', 'frimat']),
    ).toEqual(['frimat', 'autre', 'vieux', 'unknown'])
  })
  it('numbers go up, months go on, yes comes before no', () => {
    expect(sortBuckets(years, ['unknown', '20', '5', '100', '-5'])).toEqual([
      '-5',
      '5',
      '20',
      '100',
      'unknown',
    ])
    expect(sortBuckets(spec({ type: 'date' }), ['2026-01', 'unknown', '2025-12'])).toEqual([
      '2025-12',
      '2026-01',
      'unknown',
    ])
    expect(sortBuckets(spec({}), ['unknown', 'false', 'true'])).toEqual(['true', 'false', 'unknown'])
  })
})

describe('numbers with a meaning', () => {
  it('an amount falls in bins told in its currency', () => {
    const amount = spec({ type: 'money', currency: 'EUR' })
    const [found] = bucketsOf(amount, 120)
    expect(found).toEqual({ bucket: '100', value: 120 })
    expect(bucketLabelParts(amount, '100')).toEqual({
      kind: 'range',
      from: 100,
      to: 200,
      whole: false,
      unit: 'EUR',
      measure: 'money',
    })
  })
  it('a length of time falls in the parts of an hour, bounded or not', () => {
    for (const length of [spec({ type: 'duration' }), spec({ type: 'duration', min: 0, max: 240 })]) {
      expect(names(length, 59)).toEqual(['45'])
      expect(names(length, 60)).toEqual(['60'])
    }
    expect(bucketLabelParts(spec({ type: 'duration', max: 75 }), '60')).toMatchObject({ from: 60, to: 75 })
  })
  it('each note of a rating is counted for itself, up to ten', () => {
    const rating = spec({ type: 'rating', min: 1, max: 10 })
    const notes = Array.from({ length: 10 }, (_, i) => i + 1)
    expect(notes.flatMap((note) => names(rating, note))).toEqual(notes.map(String))
    expect(bucketLabelParts(rating, '4')).toMatchObject({ from: 4, to: 4, whole: true })
  })
  it('a date and time counts in the month of its day', () => {
    expect(names(spec({ type: 'date_time' }), '2026-12-31T23:59')).toEqual(['2026-12'])
  })
})
