import { describe, expect, it } from 'vitest'
import { field, nodeOf } from '../giveback/fixture.ts'
import type { FieldSpec, TighteningSpec } from './field-spec.ts'
import { planTightening } from './plan-tightening.ts'
import { asOwned } from './resolve.ts'

const option = (id: string) => ({ id, label: { fr: id } })
const said = (spec: Partial<TighteningSpec>): TighteningSpec => ({
  without: [],
  options: [],
  locks: [],
  ...spec,
})
const number = { type: 'integer', min: 5, max: 40 } as const
const choice = { type: 'single_choice', options: ['a', 'b', 'c'].map(option) } as const

const plan = (asked: Partial<FieldSpec>, spec: Partial<TighteningSpec>, before?: Partial<TighteningSpec>) => {
  const told = planTightening({
    inherited: asOwned(field('q', { owner: 'fr', spec: asked }), nodeOf('fr')),
    territory: nodeOf('d64'),
    previous: before ? { id: 't', territoryId: 'd64', version: 3, spec: said(before) } : null,
    spec: said(spec),
  })
  return told.ok ? `version ${told.version}` : `${told.code} ${JSON.stringify(told.params)}`
}

describe('what a level may say of a question it inherits', () => {
  it('is refused on what a level above locked, with who locked it', () => {
    expect(plan({ ...number, locks: ['bounds'] }, { min: 6 })).toBe(
      'FIELD_LOCKED {"aspect":"bounds","territory":"France"}',
    )
  })
  it('that was said before a lock may stay said beside something new, and not change', () => {
    const locked: Partial<FieldSpec> = { ...number, locks: ['bounds'] }
    expect(plan(locked, { min: 6, required: true }, { min: 6 })).toBe('version 4')
    expect(plan(locked, { min: 7, required: true }, { min: 6 })).toMatch('FIELD_LOCKED')
    expect(plan(locked, { required: true }, { min: 6 })).toBe('version 4')
  })
  it('that a level above has overtaken may stay said, and not be said anew', () => {
    expect(plan(number, { min: 2, required: true }, { min: 2 })).toBe('version 4')
    expect(plan(number, { min: 2 })).toMatch('FIELD_LOOSER')
    expect(plan(choice, { without: ['gone'], required: true }, { without: ['gone'] })).toBe('version 4')
    expect(plan(choice, { without: ['gone', 'a'] }, { without: ['gone'] })).toMatch('FIELD_OPTION_UNKNOWN')
  })
  it('of an amount, a length of time or a rating is narrower bounds, and never wider ones', () => {
    const numbers: Partial<FieldSpec>[] = [
      { type: 'money', currency: 'EUR', min: 1, max: 10 },
      { type: 'duration', min: 1, max: 10 },
      { type: 'rating', min: 1, max: 10 },
    ]
    expect(numbers.map((asked) => plan(asked, { min: 2, max: 9 }))).toEqual(Array(3).fill('version 1'))
    expect(numbers.map((asked) => plan(asked, { max: 11 }))).toEqual(
      Array(3).fill('FIELD_LOOSER {"aspect":"bounds"}'),
    )
  })
  it('of a date is days that come closer, of the kind that is said above or of the other', () => {
    const date: Partial<FieldSpec> = { type: 'date', earliest: { days: -365 }, latest: { days: 0 } }
    expect(plan(date, { earliest: { days: -30 } })).toBe('version 1')
    expect(plan(date, { earliest: { day: '2020-01-01' } })).toBe('version 1')
    expect(plan(date, { latest: { days: 1 } })).toBe('FIELD_LOOSER {"aspect":"bounds"}')
    expect(plan(date, { earliest: { days: 1 } })).toBe('FIELD_DAYS_CROSSED {}')
    expect(plan({ ...date, locks: ['bounds'] }, { earliest: { days: -30 } })).toMatch('FIELD_LOCKED')
    expect(plan({ type: 'short_text' }, { earliest: { days: -30 } })).toBe('version 1')
  })
  it('of a list is items or groups that it leaves out, as long as one is offered', () => {
    const of = (id: string, group: string) => ({
      ...option(id),
      item: { territoryId: 'fr', code: null, group },
    })
    const list: Partial<FieldSpec> = {
      type: 'list_reference',
      list: 'l',
      options: [of('a', 'A'), of('b', 'A'), of('c', 'B')],
    }
    expect(plan(list, { withoutGroups: ['A'] })).toBe('version 1')
    expect(plan(list, { without: ['a', 'b'] })).toBe('version 1')
    expect(plan(list, { withoutGroups: ['A', 'B'] })).toBe('FIELD_ITEMS_NONE {}')
    expect(plan(list, { without: ['c'], withoutGroups: ['A'] })).toBe('FIELD_ITEMS_NONE {}')
    expect(plan(list, { without: ['z'] })).toMatch('FIELD_OPTION_UNKNOWN')
    expect(plan({ ...list, locks: ['options'] }, { withoutGroups: ['A'] })).toMatch('FIELD_LOCKED')
  })
  it('of answers is the same in whatever order they come', () => {
    const own = ['x', 'y'].map((id) => ({ ...option(id), countsAs: 'a' }))
    const locked: Partial<FieldSpec> = { ...choice, locks: ['options'] }
    expect(
      plan(locked, { without: ['c', 'b'], options: own.toReversed() }, { without: ['b', 'c'], options: own }),
    ).toBe('version 4')
  })
})
