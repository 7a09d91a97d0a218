import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from './answer.ts'
import type { FieldType } from './field-spec.ts'
import { normalAnswer } from './normal-answer.ts'
import { normaliseWebAddress } from './web-address.ts'

/** Stands for the library of phone numbers: ten digits are a French number. */
const phone = (raw: string): string | null => {
  const digits = raw.replace(/\D/g, '')
  return /^0\d{9}$/.test(digits) ? `+33${digits.slice(1)}` : /^33\d{9}$/.test(digits) ? `+${digits}` : null
}
const normal = (type: FieldType, x: AnswerValue) =>
  normalAnswer({ type }, { v: 2, x, d: '2026-11-24' }, phone)

describe('the normal form of an answer', () => {
  it('stands beside what was typed, with its version and day', () => {
    expect(normal('phone', '06 12 34 56 78')).toEqual({
      v: 2,
      x: '+33612345678',
      r: '06 12 34 56 78',
      d: '2026-11-24',
    })
    expect(normal('email', ' Maider@Exemple.FR')).toMatchObject({
      x: 'maider@exemple.fr',
      r: ' Maider@Exemple.FR',
    })
    expect(normal('web_address', 'Exemple.fr/Carte')).toMatchObject({ x: 'https://exemple.fr/Carte' })
  })
  it('what has none is kept as typed and never refused', () => {
    for (const type of ['phone', 'email', 'web_address'] as const) {
      expect(normal(type, 'voir avec Maider')).toEqual({ v: 2, x: 'voir avec Maider', d: '2026-11-24' })
    }
  })
  it('applied twice says the same, and what is normal already has nothing beside it', () => {
    const once = normal('phone', '06 12 34 56 78')
    const { r: _, ...bare } = once
    expect(normalAnswer({ type: 'phone' }, once, phone)).toEqual(bare)
  })
  it('touches neither free text nor "I do not know"', () => {
    expect(normal('short_text', ' 06 12 34 56 78')).toEqual({ v: 2, x: ' 06 12 34 56 78', d: '2026-11-24' })
    expect(normal('phone', null)).toEqual({ v: 2, x: null, d: '2026-11-24' })
  })
  it('nobody slips a raw text in: only the server writes it', () => {
    expect(normalAnswer({ type: 'integer' }, { v: 1, x: 3, r: 'hidden' }, phone)).toEqual({ v: 1, x: 3 })
  })
})

describe('a web address', () => {
  it('keeps its path as typed, its site in small letters, and is of the web', () => {
    expect(normaliseWebAddress(' HTTP://Www.Exemple.FR:8080/Menu?Du=Jour#Midi ')).toBe(
      'http://www.exemple.fr:8080/Menu?Du=Jour#Midi',
    )
    expect(normaliseWebAddress('éclair-au-café.fr')).toBe('https://éclair-au-café.fr')
  })
  it.each([
    'javascript:alert(1)',
    ' JAVASCRIPT:alert(1)//exemple.fr',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'https://exemple.fr@mechant.fr/',
    'https://exemple.fr\\@mechant.fr',
    'ftp://exemple.fr',
    'file:///etc/passwd',
    'https://exemple.fr/\u202Egpj.exe',
    'exemple',
    'http://',
    '',
  ])('%j is not one', (typed) => {
    expect(normaliseWebAddress(typed)).toBeNull()
  })
  it('whatever is typed, a normal form begins with http and is its own normal form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (typed) => {
        const found = normaliseWebAddress(typed)
        if (found === null) return
        expect(found).toMatch(/^https?:\/\/[^@\\\s]+$|^https?:\/\/[^/?#@\\\s]+[/?#]\S*$/)
        expect(normaliseWebAddress(found)).toBe(found)
      }),
    )
  })
  it('a long hostile text is judged at once', () => {
    const hostile = `${'a-'.repeat(250)}!`
    expect(normaliseWebAddress(hostile)).toBeNull()
    expect(normaliseWebAddress('a.'.repeat(250))).toBeNull()
  })
})
