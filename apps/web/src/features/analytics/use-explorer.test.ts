import type { Bucket } from '@fieldback/api/analytics/distribution'
import type { CountedField } from '@fieldback/api/analytics/place'
import { describe, expect, it } from 'vitest'
import { chosenOf, fieldOf } from './use-explorer.ts'

const field = (id: string, over: Partial<CountedField> = {}): CountedField => ({
  id,
  key: id,
  label: { fr: id },
  entity: 'report',
  type: 'single_choice',
  retired: false,
  concept: false,
  owner: { id: 'fr', name: 'France', rank: 0, code: 'FR', closed: false },
  answers: [
    { bucket: 'frimat', label: { kind: 'other', bucket: 'frimat' } },
    { bucket: 'aucun', label: { kind: 'other', bucket: 'aucun' } },
  ],
  ...over,
})
const year = field('year', { type: 'integer', entity: 'account', answers: [] })
const bucket = (name: string, n: number): Bucket => ({
  bucket: name,
  label: { kind: 'other', bucket: name },
  n,
  share: null,
  won: null,
  wonRate: null,
  above: null,
})

describe('what is measured', () => {
  const fields = [year, field('old', { retired: true }), field('rival'), field('mood')]
  it('at first is the first live field that reports answer by choosing, else orders', () => {
    expect(fieldOf(null, fields)?.id).toBe('rival')
    expect(fieldOf(null, [year])).toBeNull()
    expect(chosenOf(null, null, undefined)).toEqual({ of: 'orders' })
  })
  it('is what the address says, a retired field too', () => {
    expect(fieldOf({ of: 'field', fieldId: 'old', bucket: null }, fields)?.id).toBe('old')
    expect(fieldOf({ of: 'orders' }, fields)).toBeNull()
    const measure = { of: 'field' as const, fieldId: 'rival', bucket: 'aucun' }
    expect(chosenOf(measure, field('rival'), undefined)).toMatchObject({ bucket: 'aucun' })
  })
  it('a number has no offered answers: its most frequent bin is shown, once it is known', () => {
    const measure = { of: 'field' as const, fieldId: 'year', bucket: null }
    expect(chosenOf(measure, year, undefined)).toBeNull()
    const buckets = [bucket('unknown', 90), bucket('2000', 3), bucket('2010', 8)]
    expect(chosenOf(measure, year, { buckets })).toMatchObject({ bucket: '2010' })
    expect(chosenOf(measure, year, { buckets: [] })).toBeNull()
  })
})
