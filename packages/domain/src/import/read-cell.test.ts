import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../field/field-spec.ts'
import { field } from '../giveback/fixture.ts'
import { readAnswer, readDay, readNumber, readYesNo } from './read-cell.ts'

const spec = (over: Partial<FieldSpec>): FieldSpec => field('x', { spec: over }).spec

describe('yes and no', () => {
  it('are read in either language, as a cross or as a figure', () => {
    expect(['oui', 'OUI', 'Yes', 'x', '1', 'vrai', 'TRUE'].map(readYesNo)).toEqual(Array(7).fill(true))
    expect(['non', 'No', '0', 'faux', 'N'].map(readYesNo)).toEqual(Array(5).fill(false))
    expect(['peut-être', '2', '-'].map(readYesNo)).toEqual([null, null, null])
  })
})

describe('numbers', () => {
  it('have a comma or a point, and spaces or marks between thousands', () => {
    expect(['3,5', '3.5', '1 234,5', '1 234', '1.234,5', '1,234.5', '-2', '0'].map(readNumber)).toEqual([
      3.5, 3.5, 1234.5, 1234, 1234.5, 1234.5, -2, 0,
    ])
    expect(['douze', '3 €', '1,2,3', '', '12a', '--1'].map(readNumber)).toEqual(Array(6).fill(null))
  })
  it('written in French or in English say the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(99), (whole, cents) => {
        const decimals = String(cents).padStart(2, '0')
        const value = Number(`${whole}.${decimals}`)
        expect(readNumber(`${whole},${decimals}`)).toBe(value)
        expect(readNumber(`${whole}.${decimals}`)).toBe(value)
        expect(readNumber(`${whole.toLocaleString('fr')},${decimals}`.replace('−', '-'))).toBe(value)
      }),
    )
  })
})

describe('days', () => {
  it('are written day first, or as ISO, with or without the hour', () => {
    expect(
      ['31/12/2026', '31.12.2026', '31-12-26', '2026-12-31', '2026-12-31T08:00:00Z', '31/12/2026 08:00'].map(
        readDay,
      ),
    ).toEqual(Array(6).fill('2026-12-31'))
    expect(readDay('1/2/2026')).toBe('2026-02-01')
    expect(['31/02/2026', '12/31/2026', 'demain', '2026', ''].map(readDay)).toEqual(Array(5).fill(null))
  })
  it('of the calendar come back whatever they are written like', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect([readDay(iso), readDay(`${d}/${m}/${y}`), readDay(`${Number(d)}.${Number(m)}.${y}`)]).toEqual([
          iso,
          iso,
          iso,
        ])
      }),
    )
  })
})

describe('an answer in a cell', () => {
  const options = [
    { id: 'gaz', label: { fr: 'Gaz de ville', en: 'Mains gas' } },
    { id: 'old', label: { fr: 'Charbon' }, retired: true },
    { id: 'mix', label: { fr: 'Bois, fioul' } },
  ]
  it('names an option by its label in either language or by its id; a retired one is not offered any more', () => {
    const choice = spec({ type: 'single_choice', options })
    expect(['gaz de VILLE', 'Mains gas', 'gaz'].map((text) => readAnswer(choice, text))).toEqual(
      Array(3).fill({ x: 'gaz' }),
    )
    expect(readAnswer(choice, 'Charbon')).toEqual({
      fault: { code: 'NOT_OPTION', params: { value: 'Charbon' } },
    })
  })
  it('may name several, and a label with a comma is one', () => {
    const choices = spec({ type: 'multiple_choice', options })
    expect(readAnswer(choices, 'Bois, fioul')).toEqual({ x: ['mix'] })
    expect(readAnswer(choices, 'gaz ; Mix;gaz')).toMatchObject({ fault: { code: 'NOT_OPTION' } })
    expect(readAnswer(choices, 'gaz; mix ;gaz')).toEqual({ x: ['gaz', 'mix'] })
  })
  it('is bounded as its question is', () => {
    const number = spec({ type: 'integer', min: 0, max: 10 })
    expect([readAnswer(number, '10'), readAnswer(number, '11'), readAnswer(number, '1,5')]).toMatchObject([
      { x: 10 },
      { fault: { code: 'OUT_OF_RANGE' } },
      { fault: { code: 'NOT_NUMBER' } },
    ])
    expect(readAnswer(spec({ type: 'short_text' }), 'x'.repeat(201))).toEqual({
      fault: { code: 'TOO_LONG', params: { max: 200 } },
    })
  })
})

describe('a cell of a kind of its own', () => {
  const read = (type: FieldSpec['type'], texts: string[]) =>
    texts.map((text) => {
      const answer = readAnswer(spec({ type, max: type === 'rating' ? 5 : undefined }), text)
      return 'x' in answer ? answer.x : answer.fault.code
    })
  it('an amount is read with or without its currency', () => {
    expect(read('money', ['1 250,50 €', 'EUR 1,250.50', '-3', 'gratuit'])).toEqual([
      1250.5,
      1250.5,
      -3,
      'NOT_NUMBER',
    ])
  })
  it('a length of time is minutes, or hours and minutes', () => {
    expect(read('duration', ['90', '1:30', '1 h 30', '2h', '45 min', 'long', ''])).toEqual([
      90,
      90,
      90,
      120,
      45,
      'NOT_DURATION',
      'NOT_DURATION',
    ])
  })
  it('a rating may name its scale', () => {
    expect(read('rating', ['4', '4/5', '4 / 5', '9', '3,5'])).toEqual([4, 4, 4, 'OUT_OF_RANGE', 'NOT_NUMBER'])
  })
  it('a day with its hour, French or ISO', () => {
    expect(
      read('date_time', ['31/12/2026 14:30', '31/12/2026 9h', '2026-12-31T14:30:00', '31/12/2026']),
    ).toEqual(['2026-12-31T14:30', '2026-12-31T09:00', '2026-12-31T14:30', 'NOT_DATE_TIME'])
  })
  it('an address in one cell is parted at its postcode, else it is the street', () => {
    expect(read('postal_address', ['3, rue Longue, 64100 Bayonne, France', 'au port'])).toEqual([
      { street: '3, rue Longue', postcode: '64100', city: 'Bayonne', country: 'France' },
      { street: 'au port', postcode: '', city: '', country: '' },
    ])
  })
  it('a position is two figures on the earth; people and accounts are not chosen in a file', () => {
    expect(read('position', ['43.2951, -0.3708', '143, 2', 'ici'])).toEqual([
      { latitude: 43.2951, longitude: -0.3708, accuracy: null },
      'NOT_POSITION',
      'NOT_POSITION',
    ])
    expect(read('account_reference', ['Chez Pantxo'])).toEqual(['NOT_FROM_A_FILE'])
  })
})
