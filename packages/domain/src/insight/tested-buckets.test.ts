import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../field/field-spec.ts'
import { testedBuckets } from './tested-buckets.ts'

const spec = (more: Partial<FieldSpec>): FieldSpec => ({
  label: { fr: 'Concurrent' },
  why: { fr: 'Pour savoir' },
  type: 'yes_no',
  options: [],
  required: false,
  reportable: true,
  shared: false,
  position: 0,
  givebacks: [],
  ...more,
})
const option = (id: string, retired = false) => ({ id, label: { fr: id }, retired })

describe('what is set against the other answers', () => {
  it('of yes or no, one: the other says the same', () => {
    expect(
      testedBuckets(
        spec({}),
        new Map([
          ['true', 50],
          ['false', 70],
          ['unknown', 40],
        ]),
      ),
    ).toEqual(['true'])
  })
  it('live options that were given often enough; never a retired or an unknown one', () => {
    const choice = spec({
      type: 'single_choice',
      options: [option('a'), option('b', true), option('c'), option('d')],
    })
    const given = new Map([
      ['d', 40],
      ['a', 31],
      ['b', 90],
      ['c', 29],
      ['gone', 400],
      ['unknown', 99],
    ])
    expect(testedBuckets(choice, given)).toEqual(['a', 'd'])
  })
  it('bins of numbers; no months, which are no answer to compare with', () => {
    expect(
      testedBuckets(
        spec({ type: 'rating', min: 1, max: 5 }),
        new Map([
          ['4', 60],
          ['2', 60],
        ]),
      ),
    ).toEqual(['2', '4'])
    expect(testedBuckets(spec({ type: 'date' }), new Map([['2026-01', 500]]))).toEqual([])
  })
  it('the forty most given of a long list', () => {
    const options = Array.from({ length: 60 }, (_, at) => option(`o${at}`))
    const given = new Map(options.map(({ id }, at) => [id, 100 + at]))
    const tested = testedBuckets(spec({ type: 'single_choice', options }), given)
    expect([tested.length, tested[0]]).toEqual([40, 'o20'])
  })
})
