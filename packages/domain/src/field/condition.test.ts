import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from './answer.ts'
import { holds, type SaidNow } from './condition.ts'
import { conditionSchema } from './condition-schema.ts'
import { type Clause, CONDITION_FACTS, CONDITION_OPS, type Condition, clausesOf } from './condition-shape.ts'
import type { FieldOption } from './field-spec.ts'

const options: FieldOption[] = [
  { id: 'oven', label: { fr: 'Four' } },
  { id: 'deck', label: { fr: 'Four à soles' }, countsAs: 'oven' },
  { id: 'old', label: { fr: 'Ancien' }, retired: true },
  { id: 'local', label: { fr: 'Ailleurs' }, countsAs: 'oven', retired: true },
]
const clause = (op: Clause['op'], value?: Clause['value']): Clause => ({
  field: 'f',
  op,
  ...(value === undefined ? {} : { value }),
})
const says = (
  said: AnswerValue | undefined,
  op: Clause['op'],
  value?: Clause['value'],
  of?: FieldOption[],
): boolean => holds({ all: [clause(op, value)] }, () => ({ value: said, ...(of ? { options: of } : {}) }))

describe('a comparison', () => {
  it('holds of what was said', () => {
    expect(says(true, 'is', true)).toBe(true)
    expect(says(false, 'is_not', true)).toBe(true)
    expect(says('oven', 'one_of', ['deck', 'oven'], options)).toBe(true)
    expect(says(['deck', 'x'], 'contains_any', ['x'], options)).toBe(true)
    expect(says(3, 'at_least', 3)).toBe(true)
    expect(says(3, 'at_most', 2)).toBe(false)
    expect(says('2026-01-31', 'before', '2026-02-01')).toBe(true)
    expect(says('2026-02-01', 'after', '2026-02-01')).toBe(false)
  })
  it('never holds of nothing or of "I do not know", whichever way it is put', () => {
    for (const said of [undefined, null, '', [] as string[]])
      for (const op of CONDITION_OPS.filter((one) => !one.endsWith('answered')))
        expect(says(said, op, ['one_of', 'contains_any'].includes(op) ? ['a'] : 'a'), op).toBe(false)
  })
  it('"I do not know" is an answer, an empty text or list is none', () => {
    expect(says(null, 'answered')).toBe(true)
    expect(says(null, 'not_answered')).toBe(false)
    expect(says('', 'answered')).toBe(false)
    expect(says(undefined, 'not_answered')).toBe(true)
  })
  it("a level's own option is also the one it is counted as", () => {
    expect(says('deck', 'is', 'oven', options)).toBe(true)
    expect(says('deck', 'is_not', 'oven', options)).toBe(false)
    expect(says('oven', 'is', 'deck', options)).toBe(false)
    expect(says('local', 'is', 'oven', options)).toBe(true)
  })
  it('a retired option was never chosen', () => {
    expect(says('old', 'is', 'old', options)).toBe(false)
    expect(says(['old'], 'contains_any', ['old'], options)).toBe(false)
    expect(says('old', 'answered', undefined, options)).toBe(true)
  })
  it('a circle of options is gone round once', () => {
    const circle: FieldOption[] = [
      { id: 'a', label: { fr: 'a' }, countsAs: 'b' },
      { id: 'b', label: { fr: 'b' }, countsAs: 'a' },
    ]
    expect(says('a', 'is', 'b', circle)).toBe(true)
  })
  it('an activity is the same however it is written', () => {
    const condition: Condition = { all: [{ fact: 'activity', op: 'one_of', value: ['pâtisserie'] }] }
    expect(holds(condition, () => ({ value: 'PATISSERIE ' }))).toBe(true)
  })
})

describe('a condition', () => {
  const said: Readonly<Record<string, boolean>> = { a: true, b: false }
  const read = (one: Clause): SaidNow => ({ value: said[one.field ?? ''] })
  const is = (field: string): Clause => ({ field, op: 'is', value: true })

  it('holds when all, or any, of its comparisons do', () => {
    expect(holds({ all: [is('a'), is('b')] }, read)).toBe(false)
    expect(holds({ any: [is('a'), is('b')] }, read)).toBe(true)
    expect(holds({ all: [is('a'), { any: [is('b'), is('a')] }] }, read)).toBe(true)
    expect(clausesOf({ all: [is('a'), { any: [is('b'), is('a')] }] })).toHaveLength(3)
  })
  it('is refused past two levels, past twenty comparisons, empty, or with anything else in it', () => {
    const id = '0190a000-0000-7000-8000-000000000001'
    const one = { field: id, op: 'is', value: true }
    expect(conditionSchema.safeParse({ all: [one, { any: [one] }] }).success).toBe(true)
    expect(conditionSchema.safeParse({ all: [{ any: [{ all: [one] }] }] }).success).toBe(false)
    expect(conditionSchema.safeParse({ all: Array(21).fill(one) }).success).toBe(false)
    expect(
      conditionSchema.safeParse({ all: [{ any: Array(11).fill(one) }, { any: Array(10).fill(one) }] })
        .success,
    ).toBe(false)
    expect(conditionSchema.safeParse({ all: [] }).success).toBe(false)
    expect(conditionSchema.safeParse({ all: [one], any: [one] }).success).toBe(false)
    expect(conditionSchema.safeParse({ all: [{ ...one, fact: 'kind' }] }).success).toBe(false)
    expect(conditionSchema.safeParse({ all: [{ ...one, field: 'constructor' }] }).success).toBe(false)
  })

  const anyValue = fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string(),
    fc.array(fc.string()),
  )
  it('says yes or no of anything, twice the same', () => {
    const anyClause = fc.record({
      fact: fc.constantFrom(...CONDITION_FACTS),
      op: fc.constantFrom(...CONDITION_OPS),
      value: fc.oneof(fc.boolean(), fc.double(), fc.string(), fc.array(fc.string(), { minLength: 1 })),
    })
    fc.assert(
      fc.property(fc.array(anyClause, { minLength: 1, maxLength: 5 }), anyValue, (all, value) => {
        const once = holds({ all }, () => ({ value, options }))
        expect(typeof once).toBe('boolean')
        expect(holds({ all }, () => ({ value, options }))).toBe(once)
      }),
    )
  })
})
