import { expect, it } from 'vitest'
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
