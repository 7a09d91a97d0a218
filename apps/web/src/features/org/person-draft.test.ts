import { expect, it } from 'vitest'
import { emptyRow, isEmptyRow, type PersonDraft, placeOf, rowFault, withAddress } from './person-draft.ts'

const row = (over: Partial<PersonDraft>): PersonDraft => ({ ...emptyRow(), ...over })
const places = [{ id: 'france' }, { id: 'bretagne' }]
const claire = row({ email: 'claire@delmas.fr', name: 'Claire', placeId: 'bretagne' })

it('an empty line is left out, one with a name alone is not', () => {
  expect(isEmptyRow(row({ email: ' ' }))).toBe(true)
  expect(isEmptyRow(row({ name: 'Claire' }))).toBe(false)
})

it('a line needs a whole address and a name that fits', () => {
  expect(rowFault(claire, [], places)).toBeNull()
  expect(rowFault(row({ name: 'Claire' }), [], places)).toEqual({ at: 'email', code: 'wrongEmail' })
  expect(rowFault(row({ email: 'claire@delmas.fr' }), [], places)).toEqual({ at: 'name', code: 'wrongName' })
  expect(rowFault({ ...claire, name: 'x'.repeat(300) }, [], places)).toEqual({ at: 'name', code: 'longName' })
})

it('an address stands in one line, whatever its case', () => {
  expect(rowFault({ ...claire, email: ' CLAIRE@delmas.fr' }, [claire], places)).toEqual({
    at: 'email',
    code: 'twice',
  })
})

it('the name follows the address until somebody writes another', () => {
  const proposed = row(withAddress(row({}), 'claire.aubert@delmas.fr'))
  expect(proposed.name).toBe('Claire Aubert')
  expect(withAddress(proposed, 'yann.legoff@delmas.fr').name).toBe('Yann Legoff')
  expect(withAddress(proposed, '').name).toBe('')
  expect(withAddress({ ...proposed, name: 'Claire A.' }, 'yann.legoff@delmas.fr').name).toBe('Claire A.')
})

it('a rep is never given the whole country by default; those who look after all of it are', () => {
  expect(rowFault({ ...claire, placeId: '' }, [], places)).toEqual({ at: 'place', code: 'noPlace' })
  expect(placeOf({ ...claire, placeId: '', role: 'headquarters' }, places)).toBe('france')
  expect(placeOf({ ...claire, placeId: '' }, places.slice(0, 1))).toBe('france')
  expect(placeOf(claire, places)).toBe('bretagne')
})
