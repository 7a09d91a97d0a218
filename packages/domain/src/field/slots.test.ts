import { describe, expect, it } from 'vitest'
import { field } from '../giveback/fixture.ts'
import { FIELD_ENTITIES, FIELD_TYPES, type FieldSpec } from './field-spec.ts'
import { freeSlot, SLOT_COUNTS, slotsFor, slotValue } from './slots.ts'

const spec = (type: FieldSpec['type'], reportable = true): FieldSpec =>
  field('x', { spec: { type, reportable } }).spec

describe('typed columns', () => {
  it('choices go to text, numbers to numbers, dates to dates; several choices and free text to none', () => {
    const families = FIELD_TYPES.map((type) => [type, slotsFor('report', spec(type))[0] ?? null])
    expect(Object.fromEntries(families)).toEqual({
      yes_no: 't01',
      single_choice: 't01',
      multiple_choice: null,
      integer: 'n01',
      decimal: 'n01',
      money: 'n01',
      duration: 'n01',
      rating: 'n01',
      computed: 'n01',
      date: 'd01',
      date_time: 'd01',
      short_text: null,
      long_text: null,
      phone: null,
      email: null,
      web_address: null,
      postal_address: null,
      position: null,
      account_reference: null,
      contact_reference: null,
      list_reference: null,
      photo: null,
    })
  })
  it('a date and time is kept by its day, whatever the clock says', () => {
    expect(slotValue({ type: 'date_time' }, '2026-12-31T23:59')).toBe('2026-12-31')
    expect(slotValue({ type: 'date' }, '2026-12-31')).toBe('2026-12-31')
    expect(slotValue({ type: 'single_choice' }, 'a-long-option-id')).toBe('a-long-option-id')
    expect([slotValue({ type: 'yes_no' }, false), slotValue({ type: 'money' }, 12.5)]).toEqual([
      'false',
      12.5,
    ])
  })
  it('a question that is not reportable takes none', () => {
    for (const type of FIELD_TYPES) expect(slotsFor('report', spec(type, false))).toEqual([])
  })
  it('the columns are those of the schema: t01 to t12 on reports, d01 to d03 on contacts', () => {
    expect(slotsFor('report', spec('yes_no')).at(-1)).toBe('t12')
    expect(slotsFor('contact', spec('date'))).toEqual(['d01', 'd02', 'd03'])
  })
  it('each field takes the first free one until all are taken, then none, on every entity', () => {
    for (const entity of FIELD_ENTITIES) {
      const taken = new Set<string>()
      for (let i = 0; i < SLOT_COUNTS[entity].n; i++) {
        const slot = freeSlot(entity, spec('integer'), taken)
        expect(slot).toBe(`n0${i + 1}`)
        taken.add(slot ?? '')
      }
      expect(freeSlot(entity, spec('decimal'), taken)).toBeNull()
      expect(freeSlot(entity, spec('date'), taken)).toBe('d01')
    }
  })
  it('a column given back is taken again', () => {
    expect(freeSlot('report', spec('yes_no'), new Set(['t01', 't03']))).toBe('t02')
  })
})
