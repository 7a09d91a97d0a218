import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foundingForm, slugOf } from './founding.ts'
import { PASSWORD_MIN, passwordFault } from './password-fault.ts'

describe('the short form of a name', () => {
  it('has small letters, digits and single hyphens', () => {
    expect(slugOf('Établissements Delmas & Fils')).toBe('etablissements-delmas-fils')
    expect(slugOf('  S.A.R.L. Œuvre 2000 ')).toBe('sarl-oeuvre-2000')
  })
  it('is there for any name, and never longer than an address takes', () => {
    expect(slugOf('株式会社')).toBe('organisation')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
        expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(slugOf(name).length).toBeLessThanOrEqual(48)
      }),
    )
  })
})

describe('what founding asks', () => {
  const form = {
    token: 't',
    name: ' Maison Delmas ',
    displayName: 'Claire Aubert',
    email: ' Claire@Example.Test ',
    password: null,
    locale: 'fr',
    timeZone: 'Europe/Paris',
  }
  it('is trimmed, and the address written small', () => {
    expect(foundingForm.parse(form)).toMatchObject({ name: 'Maison Delmas', email: 'claire@example.test' })
  })
  it('is on one line: no control character passes', () => {
    for (const name of ['a\nb', 'a\u0000b', 'a\u2028b', '\ta \u202eb'])
      expect(foundingForm.parse({ ...form, name }).name, JSON.stringify(name)).toBe('a b')
    for (const name of ['\t', '\u200b', 'x'.repeat(81)])
      expect(foundingForm.safeParse({ ...form, name }).success, JSON.stringify(name)).toBe(false)
  })
})

describe('a password', () => {
  const me = 'claire.aubert@delmas.test'
  it('has twelve characters, counted as they are seen', () => {
    expect(passwordFault('onze lettre', me)).toBe('short')
    expect(passwordFault('douze lettre', me)).toBeNull()
    expect(passwordFault('🙂🙃😀😎😇🤖🎃🦊', me)).toBe('short')
  })
  it('is not the address, nor its first part with a few characters around', () => {
    expect(passwordFault(me, me)).toBe('address')
    expect(passwordFault('CLAIRE.AUBERT!', me)).toBe('address')
    expect(passwordFault('2026claire.aubert', me)).toBe('address')
    expect(passwordFault('claire.aubert aime les cerises', me)).toBeNull()
    expect(passwordFault('bo mange des pommes', 'bo@delmas.test')).toBeNull()
  })
  it('is no common one, no run and no pattern, in any case', () => {
    for (const common of [
      'MotDePasse123',
      'azertyuiop123',
      '123456789012',
      '210987654321',
      'abcdefghijkl',
      'abababababab',
    ])
      expect(passwordFault(common, me), common).toBe('common')
  })
  it('shorter than the rule is refused whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: PASSWORD_MIN - 1 }),
        fc.emailAddress(),
        (password, email) => {
          fc.pre([...password].length < PASSWORD_MIN)
          expect(passwordFault(password, email)).toBe('short')
        },
      ),
    )
  })
})
