import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../field/field-spec.ts'
import { type QuestionInput, question } from './question.ts'
import { type Side, tellRows } from './tell-rows.ts'

const [here, beside] = ['0198a3b0-0000-7000-8000-000000000001', '0198a3b0-0000-7000-8000-000000000002']
const months = ['2026-09', '2026-10']

/** Twenty reports a month, half of them orders; in September of one person alone. */
const side = (territoryId: string): Side => {
  const cells = months.map((month) => ({
    territoryId,
    month,
    answer: null,
    bucket: null,
    n: 20,
    k: 10,
    sum: 0,
  }))
  return {
    territoryId,
    months,
    cells,
    whole: cells,
    every: { rows: 1, whole: 1 },
    peopleAt: (_, month) => (month === '2026-09' ? 1 : 6),
  }
}
const tell = (compare: QuestionInput['compare'], before: Side | null) =>
  tellRows({
    question: question.parse({
      territoryId: here,
      basis: 'then',
      period: { from: '2026-09', to: '2026-10' },
      measure: { of: 'outcome', outcome: 'order' },
      split: [{ by: 'month' }],
      compare,
    }),
    spec: null,
    axes: [{ by: 'month', count: 2 }],
    now: side(here),
    before,
  })

it('two territories are not set beside each other in a month when fewer than five people filed reports', () => {
  const { rows, total } = tell({ with: 'territory', territoryId: beside }, side(beside))
  expect(rows.map(({ now, before }) => [now.value, before?.value])).toEqual([
    [null, null],
    [0.5, 0.5],
  ])
  expect(rows[0]?.before?.hidden).toEqual({ reason: 'people', have: 1, need: 5 })
  expect([total.now.value, total.before?.value]).toEqual([0.5, 0.5])
})

it('months of one’s own branch are whole, alone or beside those before', () => {
  expect(tell(null, null).rows.map(({ now }) => now.value)).toEqual([0.5, 0.5])
  const { rows } = tell({ with: 'previous' }, side(here))
  expect(rows.map(({ before }) => before?.value)).toEqual([0.5, 0.5])
  expect(tell({ with: 'territory', territoryId: beside }, null).rows.map(({ now }) => now.value)).toEqual([
    0.5, 0.5,
  ])
})

describe('territories side by side, whose total is told', () => {
  const measures = {
    rate: { of: 'outcome', outcome: 'order' },
    count: { of: 'count' },
    median: { of: 'median', fieldId: here },
  } as const
  /** One territory of three people, one of six, one of nine; 20 reports each. */
  const rows = (measure: QuestionInput['measure'], over: Partial<QuestionInput> = {}) => {
    const parts = { [`${here}a`]: 3, [`${here}b`]: 6, [`${here}c`]: 9 }
    const of = { month: '2026-09', answer: null, bucket: '5', k: 10, sum: 0 }
    const cells = Object.keys(parts).map((territoryId) => ({ ...of, territoryId, n: 20 }))
    const all = [...cells, { ...of, territoryId: here, n: 60, k: 30 }]
    const told = tellRows({
      question: question.parse({
        territoryId: here,
        basis: 'then',
        period: { from: '2026-09', to: '2026-09' },
        measure,
        split: [{ by: 'territory' }],
        ...over,
      }),
      spec: { type: 'integer', label: { fr: 'Années' }, options: [] } as unknown as FieldSpec,
      axes: [{ by: 'territory', keys: Object.keys(parts) }],
      now: {
        ...side(here),
        cells: all,
        whole: all,
        peopleAt: (id) => (parts as Record<string, number | undefined>)[id] ?? 18,
      },
      before: null,
    })
    return [told.total, ...told.rows].map(({ now }) => now.hidden?.reason ?? now.k)
  }

  it('one that is small cannot be had by taking the others away: the next smallest is hidden too', () => {
    expect(rows(measures.rate)).toEqual([30, 'people', 'beside', 10])
    expect(rows(measures.count, { kind: 'visit' })).toEqual([60, 'people', 'beside', 20])
  })
  it('nor one month of a territory by taking its other months from its own total', () => {
    const months = ['2026-08', '2026-09', '2026-10']
    const cells = ['a', 'b'].flatMap((place) =>
      months.map((month) => ({
        territoryId: place,
        month,
        answer: null,
        bucket: null,
        n: 20,
        k: 10,
        sum: 0,
      })),
    )
    const { rows: told } = tellRows({
      question: question.parse({
        territoryId: here,
        basis: 'then',
        period: { from: '2026-08', to: '2026-10' },
        measure: measures.rate,
        split: [{ by: 'territory' }, { by: 'month' }],
      }),
      spec: null,
      axes: [
        { by: 'territory', keys: ['a', 'b'] },
        { by: 'month', count: 3 },
      ],
      now: {
        ...side(here),
        months,
        cells,
        whole: cells,
        peopleAt: (id, month) =>
          id === 'a' && month === '2026-09' ? 2 : id === 'a' ? 6 : id === 'b' ? 8 : 14,
      },
      before: null,
    })
    expect(told.map(({ now }) => now.hidden?.reason ?? now.k)).toEqual([
      ...['beside', 'people', 10],
      ...['beside', 'beside', 10],
    ])
  })
  it('how many reports there are hides nobody’s work, and a median is had by no subtraction', () => {
    expect(rows(measures.count)).toEqual([60, 20, 20, 20])
    expect(rows(measures.median)).toEqual([null, 'people', null, null])
  })
})
