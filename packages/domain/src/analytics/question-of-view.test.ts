import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AskedMeasure, ORDERS, readView, type View } from './address.ts'
import { question } from './question.ts'
import {
  answersQuestion,
  type Choosable,
  crossingsOf,
  crossQuestion,
  fittedTo,
  measuredIn,
  measureOf,
  measuresOf,
  monthsQuestion,
  narrowingsOf,
  placesQuestion,
} from './question-of-view.ts'

const id = (n: number) => `0191b151-9700-7a94-bc94-3d895bc1d60${n}`
const [rival, years, trade, met] = [1, 2, 3, 4].map(id) as [string, string, string, string]
const answers = ['a', 'b'].map((bucket) => ({ bucket }))
const one = (over: Partial<Choosable> & Pick<Choosable, 'id' | 'type'>): Choosable => ({
  entity: 'report',
  retired: false,
  concept: false,
  answers: [],
  ...over,
})
const fields: Choosable[] = [
  one({ id: years, type: 'integer' }),
  one({ id: rival, type: 'single_choice', answers }),
  one({ id: trade, type: 'single_choice', entity: 'account', answers }),
  one({ id: met, type: 'yes_no', answers: [{ bucket: 'true' }, { bucket: 'false' }] }),
]
const plain = readView({ get: () => null }, '2026-11-20')
const territoryId = id(9)

describe('what a view measures', () => {
  it('at first is the first question that is answered by choosing, else orders', () => {
    expect(measuredIn(null, fields)).toEqual({ of: 'share', fieldId: rival, bucket: 'a' })
    expect(measuredIn(null, [])).toEqual(ORDERS)
  })
  it('is nothing for a question that is not asked there, and fits the type of one that is', () => {
    expect(measuredIn({ of: 'mean', fieldId: id(8) }, fields)).toBeNull()
    expect(measuredIn({ of: 'mean', fieldId: rival }, fields)).toEqual({
      of: 'share',
      fieldId: rival,
      bucket: 'a',
    })
    expect(measuredIn({ of: 'fill', fieldId: trade }, fields)?.of).toBe('share')
    expect(measuredIn({ of: 'share', fieldId: years, bucket: null }, fields)).toEqual({
      of: 'share',
      fieldId: years,
      bucket: null,
    })
  })
})

const chosen = fc.constantFrom(...fields)
const measure: fc.Arbitrary<AskedMeasure> = fc.oneof(
  fc.constant<AskedMeasure>(ORDERS),
  fc.constant<AskedMeasure>({ of: 'count', fieldId: null, bucket: null }),
  chosen.chain((field) =>
    fc.constantFrom(...measuresOf(field)).chain((of) =>
      // A share is asked with its answer: what one sees first tells which.
      fc.constantFrom('a', ...(of === 'count' ? [null] : [])).map((bucket) => measureOf(field, of, bucket)),
    ),
  ),
)
const view: fc.Arbitrary<View> = fc.record({
  territoryId: fc.constant(territoryId),
  basis: fc.constantFrom('then' as const, 'today' as const),
  period: fc.constantFrom({ from: '2026-09', to: '2026-11' }, { from: '2024-01', to: '2026-12' }),
  grain: fc.constant('week' as const),
  measure: fc.constant(null),
  level: fc.constantFrom(null, 2 as const),
  cross: fc.oneof(
    fc.constant('month' as const),
    chosen.map(({ id: fieldId }) => ({ fieldId })),
  ),
  filters: fc.uniqueArray(
    fc.record({ fieldId: fc.constantFrom(rival, years, met), buckets: fc.constant(['a']) }),
    { selector: ({ fieldId }) => fieldId, maxLength: 3 },
  ),
  outcomes: fc.subarray(['order', 'none'] as const),
  kind: fc.constantFrom(null, 'visit' as const),
  compare: fc.constantFrom(
    null,
    { with: 'previous' as const },
    { with: 'year' as const },
    { with: 'territory' as const, territoryId: id(7) },
  ),
  sort: fc.constant(null),
})

describe('what a view asks', () => {
  it('is always a question that can be answered, whatever was chosen before', () => {
    fc.assert(
      fc.property(view, measure, chosen, (raw, what, field) => {
        const of = fittedTo(raw, what, fields)
        const asked = [
          placesQuestion(of, territoryId, what),
          monthsQuestion(of, { territoryId, measure: what, above: id(6) }),
          answersQuestion(of, { territoryId, fieldId: field.id, above: null }),
          crossQuestion(of, territoryId, what),
        ]
        for (const one of asked)
          if (one) expect(question.safeParse(one).error?.issues, JSON.stringify(one)).toBeUndefined()
      }),
    )
  })
  it('of what accounts hold has no months, no outcome and nothing narrowed', () => {
    fc.assert(
      fc.property(view, (raw) => {
        const what: AskedMeasure = { of: 'share', fieldId: trade, bucket: 'a' }
        const asked = placesQuestion(fittedTo(raw, what, fields), territoryId, what)
        expect(asked).toMatchObject({ filters: [], outcomes: [], kind: null })
        expect(asked.compare === null || asked.compare.with === 'territory').toBe(true)
      }),
    )
  })
  it('is narrowed and crossed by no question that is not asked there', () => {
    const raw: View = { ...plain, filters: [{ fieldId: id(8), buckets: ['a'] }], cross: { fieldId: id(8) } }
    expect(fittedTo(raw, ORDERS, fields)).toMatchObject({ filters: [], cross: null })
  })
  it('of a trend is twelve months at least, beside the territory above where a rate is measured', () => {
    const months = (what: AskedMeasure) => monthsQuestion(plain, { territoryId, measure: what, above: id(6) })
    expect(months(ORDERS)).toMatchObject({
      period: { from: '2025-12', to: '2026-11' },
      compare: { with: 'territory', territoryId: id(6) },
    })
    expect(months({ of: 'sum', fieldId: years }).compare).toBeNull()
  })
})

describe('what is offered', () => {
  it('is narrowed by other questions that reports answer by choosing', () => {
    const ids = (what: AskedMeasure) => narrowingsOf(what, fields).map((field) => field.id)
    expect(ids(ORDERS)).toEqual([rival, met])
    expect(ids({ of: 'share', fieldId: rival, bucket: 'a' })).toEqual([met])
    expect(ids({ of: 'share', fieldId: trade, bucket: 'a' })).toEqual([])
    expect(ids({ of: 'entry', fieldId: rival })).toEqual([])
  })
  it('is crossed with months where there are any, and with questions of the same kind', () => {
    const told = (what: AskedMeasure) => {
      const { months, fields: able } = crossingsOf(what, fields)
      return [months, able.map((field) => field.id)]
    }
    expect(told(ORDERS)).toEqual([true, [years, rival, met]])
    expect(told({ of: 'share', fieldId: trade, bucket: 'a' })).toEqual([false, [trade]])
    expect(told({ of: 'fill', fieldId: rival })).toEqual([true, [years, met]])
    expect(told({ of: 'entry', fieldId: rival })).toEqual([false, []])
  })
})
