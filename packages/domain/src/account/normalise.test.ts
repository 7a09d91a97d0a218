import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameKey, normaliseEmail, oneLine, personKey, personName } from './normalise.ts'

describe('a name on one line', () => {
  it('never turns or hides the text around it: marks of direction and what is not seen are left out', () => {
    expect(oneLine('\u202eRené\u202c')).toBe('René')
    expect(oneLine('Ren\u200bé\ufeff')).toBe('René')
    expect(oneLine('\u2067مرحبا\u2069')).toBe('مرحبا')
  })
  it('keeps every script, signs joined to others, and balanced spaces', () => {
    for (const name of ['مرحبا', 'می‌خواهم', '👩‍👩‍👧', '<b>x</b> & "y"', 'José  Ñ'])
      expect(oneLine(` ${name}\t`)).toBe(name)
    expect(oneLine('a\nb\u0000c\u2028d')).toBe('a b c d')
  })
  it('is empty when nothing of it would be seen', () => {
    for (const name of ['', ' \n', '\u200d', '\u00a0\u2060', '\u0301']) expect(oneLine(name)).toBe('')
  })
})

describe('name key', () => {
  it('drops case, accents and punctuation, keeps the legal form', () => {
    expect(nameKey('  SARL  Boulangerie Etchegaray ')).toBe('sarl boulangerie etchegaray')
    expect(nameKey('Crêperie de l’Œuvre & Fils')).toBe('creperie de l oeuvre fils')
    expect(nameKey('Saint-Jean-Pied-de-Port')).toBe('saint jean pied de port')
  })
  it('initials are one word, with or without dots', () => {
    expect(nameKey('S.A.R.L. Harispe')).toBe('sarl harispe')
    expect(nameKey('Harispe S.A')).toBe('harispe sa')
    expect(nameKey('www.harispe.fr')).toBe('www harispe fr')
  })
  it('nothing but signs has no key', () => {
    expect(nameKey(' -- ! ')).toBe('')
  })
  it('a key is its own key, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = nameKey(text)
        expect(nameKey(key)).toBe(key)
        expect(key).toBe(key.trim())
        expect(key).not.toMatch(/ {2}/)
      }),
    )
  })
  it('capitals never matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aéçœ .-’z1') }), (text) => {
        expect(nameKey(text.toUpperCase())).toBe(nameKey(text))
      }),
    )
  })
  it('a person is found by family name first', () => {
    expect(personKey('Maïder', 'Harispe')).toBe('harispe maider')
  })
})

describe('e-mail', () => {
  it('is trimmed and in small letters', () => {
    expect(normaliseEmail(' Maider.Harispe@Fromagerie-Harispe.FR ')).toBe(
      'maider.harispe@fromagerie-harispe.fr',
    )
  })
  it.each(['a+b@x.fr', "o'neil@x.co.uk", 'contact@élan.fr'])('%s is an address', (raw) => {
    expect(normaliseEmail(raw)).toBe(raw)
  })
  it.each([
    '',
    'maider',
    'maider@',
    '@x.fr',
    'a@b',
    'a b@x.fr',
    'a@@x.fr',
    '.a@x.fr',
    'a..b@x.fr',
    'a@-x.fr',
    'a@x.fr.',
    'a@x.fr, b@x.fr',
    `${'a'.repeat(65)}@x.fr`,
    `a@${'x.'.repeat(130)}fr`,
  ])('%j is no address', (raw) => {
    expect(normaliseEmail(raw)).toBeNull()
  })
  it('a megabyte is answered at once', () => {
    expect(normaliseEmail(`${'a.'.repeat(500_000)}@x`)).toBeNull()
  })
})

describe('person name', () => {
  it('capitals or small letters alone are written as names are', () => {
    expect(personName(' JEAN-PIERRE ')).toBe('Jean-Pierre')
    expect(personName("d'arcangues")).toBe("d'Arcangues")
    expect(personName('DE LA TOUR')).toBe('de la Tour')
    expect(personName('élise')).toBe('Élise')
  })
  it('a name typed with care is kept', () => {
    expect(personName('McDonald')).toBe('McDonald')
    expect(personName('De  La Tour')).toBe('De La Tour')
  })
  it('a name that is only a particle is still a name', () => {
    expect(personName('LE')).toBe('Le')
  })
  it('is stable, and nothing but case and spaces changes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aBéÉ -’dle ') }), (raw) => {
        const name = personName(raw)
        expect(personName(name)).toBe(name)
        expect(nameKey(name)).toBe(nameKey(raw))
      }),
    )
  })
})
