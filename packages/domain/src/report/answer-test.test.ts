import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldSpec } from '../field/field-spec.ts'
import { SAID, testsOf } from './answer-test.ts'

const spec = (over: Partial<FieldSpec> & Pick<FieldSpec, 'type'>): FieldSpec => ({
  label: { fr: 'Question' },
  why: { fr: '…' },
  options: [],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [],
  ...over,
})
const option = (id: string, countsAs?: string) => ({
  id,
  label: { fr: id },
  ...(countsAs === undefined ? {} : { countsAs }),
})
const tests = (field: FieldSpec, buckets: string[]) =>
  testsOf({ fieldId: 'f', buckets }, new Map([['f', { id: 'f', spec: field }]]))

describe('the values that fall in a bucket', () => {
  it('of an option are those of the local ones that count as it too', () => {
    const bread = spec({
      type: 'single_choice',
      options: [option('bread'), option('rye', 'bread'), option('cake')],
    })
    expect(tests(bread, ['bread'])).toEqual([{ fieldId: 'f', is: 'one', of: ['bread', 'rye'] }])
  })

  it('of a number are those of its bin, without end at either bound', () => {
    const years = spec({ type: 'integer', min: 0, max: 30 })
    expect(tests(years, ['0', '5', '30'])).toEqual([
      { fieldId: 'f', is: 'between', from: null, to: 5 },
      { fieldId: 'f', is: 'between', from: 5, to: 10 },
      { fieldId: 'f', is: 'between', from: 30, to: null },
    ])
  })

  it('of a date begin with its month, and "I do not know" is no value', () => {
    expect(tests(spec({ type: 'date' }), ['2026-02', 'unknown'])).toEqual([
      { fieldId: 'f', is: 'month', of: ['2026-02'] },
      { fieldId: 'f', is: 'unknown' },
    ])
  })

  it('of whatever was said are all that are known', () => {
    expect(tests(spec({ type: 'integer', min: 0, max: 30 }), [SAID])).toEqual([
      { fieldId: 'f', is: 'between', from: null, to: null },
    ])
    expect(tests(spec({ type: 'yes_no' }), [SAID, 'unknown'])).toEqual([
      { fieldId: 'f', is: 'said' },
      { fieldId: 'f', is: 'unknown' },
    ])
  })

  it('of a question made of others are what theirs are in it', () => {
    const local = spec({ type: 'single_choice', options: [option('m'), option('n')] })
    const links = [{ from: 'local', map: { m: 'x', n: null }, links: [] }]
    const nation = {
      id: 'nation',
      spec: spec({ type: 'single_choice', options: [option('x')] }),
      merges: { live: true, links },
    }
    const found = testsOf(
      { fieldId: 'nation', buckets: ['x'] },
      new Map<string, Pick<FieldDefinition, 'id' | 'spec' | 'merges'>>([
        ['nation', nation],
        ['local', { id: 'local', spec: local }],
      ]),
    )
    expect(found).toEqual([
      { fieldId: 'nation', is: 'one', of: ['x'] },
      { fieldId: 'local', is: 'one', of: ['m'] },
    ])
  })
})
