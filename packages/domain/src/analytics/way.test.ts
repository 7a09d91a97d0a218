import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldType } from '../field/field-spec.ts'
import { KIND } from './fact.ts'
import { type QuestionInput, question } from './question.ts'
import { countedOf, wayOf } from './way.ts'

const id = (n: number) => `0193a2b0-0000-7000-8000-00000000000${n}`
const [place, mood, talk, years, trade, concept] = [0, 1, 2, 3, 4, 5].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const field = (
  fieldId: string,
  type: FieldType,
  entity: FieldDefinition['entity'] = 'report',
  links: string[] = [],
) =>
  [
    fieldId,
    {
      id: fieldId,
      entity,
      spec: {
        label: { fr: 'Question' },
        why: { fr: '…' },
        type,
        options: [],
        required: false,
        reportable: true,
        position: 0,
        shared: false,
        givebacks: [],
      },
      ...(links.length > 0
        ? { merges: { live: true, links: links.map((from) => ({ from, map: { true: 'true' }, links: [] })) } }
        : {}),
    },
  ] as const
const FIELDS = new Map<string, Pick<FieldDefinition, 'id' | 'entity' | 'spec' | 'merges'>>([
  field(mood, 'yes_no'),
  field(talk, 'multiple_choice'),
  field(years, 'integer'),
  field(trade, 'single_choice', 'account'),
  field(concept, 'yes_no', 'report', [mood, id(7), id(8)]),
] as never)
const way = (over: Partial<QuestionInput> & Pick<QuestionInput, 'measure'>) =>
  wayOf(
    countedOf(
      question.parse({
        territoryId: place,
        basis: 'then',
        period: { from: '2026-01', to: '2026-12' },
        ...over,
      }),
    ),
    FIELDS,
  )
const only = (fieldId: string, ...buckets: string[]) => ({ fieldId, buckets })

describe('from what a question is answered', () => {
  it('reports alone, their kinds and their outcomes: from one question, that of how they were made', () => {
    expect(way({ measure: { of: 'count' } })).toEqual({ by: 'one', id: KIND })
    expect(way({ measure: { of: 'count' }, kind: 'call' })).toEqual({ by: 'one', id: KIND })
    expect(way({ measure: { of: 'outcome', outcome: 'order' }, filters: [only(mood, 'true')] })).toEqual({
      by: 'one',
      id: mood,
    })
  })

  it('two questions, or one and a kind: from a pair, the one measured first', () => {
    expect(way({ measure: { of: 'mean', fieldId: years }, filters: [only(mood, 'true')] })).toEqual({
      by: 'pair',
      ids: [years, mood],
      pairs: [{ a: mood, b: years }],
      firstIds: [years],
    })
    expect(way({ measure: { of: 'fill', fieldId: mood }, kind: 'visit' })).toMatchObject({
      by: 'pair',
      pairs: [{ a: KIND, b: mood }],
    })
  })

  it('those read as one are paired one by one, and never with themselves', () => {
    expect(way({ measure: { of: 'mean', fieldId: years }, filters: [only(concept, 'true')] })).toMatchObject({
      pairs: [
        { a: years, b: concept },
        { a: mood, b: years },
        { a: years, b: id(7) },
        { a: years, b: id(8) },
      ],
    })
    expect(way({ measure: { of: 'fill', fieldId: mood }, filters: [only(concept, 'true')] })).toEqual({
      by: 'rows',
      why: 'concept',
    })
  })

  it.each([
    ['three questions', 'several', { filters: [only(mood, 'true'), only(talk, 'a')] }],
    ['several answers of several choices', 'answers', { filters: [only(talk, 'a', 'b')] }],
    ['sums of some outcomes', 'outcomes', { filters: [only(mood, 'true')], outcomes: ['order' as const] }],
  ])('%s: from the reports', (_, why, over) => {
    expect(way({ measure: { of: 'mean', fieldId: years }, ...over })).toEqual({ by: 'rows', why })
  })

  it('what accounts hold: from stocks, or from the accounts', () => {
    const measure = { of: 'share', fieldId: trade, bucket: 'a' } as const
    expect(way({ measure })).toEqual({ by: 'stocks', id: trade })
    expect(way({ measure, filters: [only(mood, 'true')] })).toEqual({ by: 'rows', why: 'stock' })
  })
})
