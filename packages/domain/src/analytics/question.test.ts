import { describe, expect, it } from 'vitest'
import { fieldsNamed, question } from './question.ts'

const [place, rival, talk] = [1, 2, 3].map((n) => `0193a2b0-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
]
const asked = (over: object) =>
  question.safeParse({
    territoryId: place,
    basis: 'then',
    period: { from: '2026-01', to: '2026-12' },
    measure: { of: 'count' },
    ...over,
  })
const faults = (over: object) => asked(over).error?.issues.map(({ path }) => path.join('.')) ?? []

describe('a question to the figures', () => {
  it('needs no more than a place, months and a measure', () => {
    expect(asked({}).data).toMatchObject({ split: [], filters: [], outcomes: [], kind: null, compare: null })
  })

  it('names each of its questions once, the measured one first', () => {
    const { data } = asked({
      measure: { of: 'mean', fieldId: rival },
      split: [{ by: 'answer', fieldId: talk }, { by: 'month' }],
      filters: [{ fieldId: talk, buckets: ['true'] }],
    })
    expect(data && fieldsNamed(data)).toEqual([rival, talk])
  })

  it('has no rows twice by the same', () => {
    expect(faults({ split: [{ by: 'month' }, { by: 'month' }] })).toEqual(['split.1'])
  })

  it('leaves the answer of a share open exactly where rows are by its answers', () => {
    const byRival = [{ by: 'answer', fieldId: rival }]
    expect(faults({ measure: { of: 'share', fieldId: rival } })).toEqual(['measure.bucket'])
    expect(faults({ measure: { of: 'share', fieldId: rival }, split: byRival })).toEqual([])
    expect(faults({ measure: { of: 'share', fieldId: rival, bucket: 'x' }, split: byRival })).toEqual([
      'measure.bucket',
    ])
  })

  it('does not narrow a share or a fill rate by its own question', () => {
    const filters = [{ fieldId: rival, buckets: ['x'] }]
    expect(faults({ measure: { of: 'fill', fieldId: rival }, filters })).toEqual(['filters'])
    expect(faults({ measure: { of: 'count', fieldId: rival }, filters })).toEqual([])
  })

  it('tells times of entry by month alone', () => {
    const measure = { of: 'entry', fieldId: rival }
    expect(faults({ measure, split: [{ by: 'month' }] })).toEqual([])
    expect(faults({ measure, split: [{ by: 'territory' }] })).toEqual(['split'])
    expect(faults({ measure, kind: 'visit' })).toEqual(['filters'])
    expect(faults({ measure, compare: { with: 'territory', territoryId: talk } })).toEqual(['compare'])
  })
})
