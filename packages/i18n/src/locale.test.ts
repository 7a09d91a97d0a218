import { describe, expect, it } from 'vitest'
import { chooseLocale } from './locale.ts'

describe('the language to answer in', () => {
  it("is the member's own before the browser's", () => {
    expect(chooseLocale({ member: 'en', cookie: 'fr', header: 'fr' })).toBe('en')
  })
  it("is this browser's choice before what it accepts", () => {
    expect(chooseLocale({ cookie: 'en', header: 'fr-FR,fr;q=0.9' })).toBe('en')
  })
  it('is the best accepted language that we speak', () => {
    expect(chooseLocale({ header: 'de-DE,de;q=0.9,en-US;q=0.8,fr;q=0.7' })).toBe('en')
    expect(chooseLocale({ header: 'en;q=0.2, fr-CA;q=0.9' })).toBe('fr')
  })
  it('is French when nobody says, or says what we do not speak', () => {
    expect(chooseLocale({})).toBe('fr')
    expect(chooseLocale({ member: 'de', cookie: 'xx', header: 'de, eu' })).toBe('fr')
    expect(chooseLocale({ header: 'en;q=0' })).toBe('fr')
    expect(chooseLocale({ header: ',;;q=,' })).toBe('fr')
  })
})
