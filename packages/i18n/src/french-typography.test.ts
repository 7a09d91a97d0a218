import { describe, expect, it } from 'vitest'
import { frenchTypography, withFrenchTypography } from './french-typography.ts'

const N = '\u00a0'
const THIN = '\u202f'

describe('French typography', () => {
  it.each([
    ['Pas de réseau ?', `Pas de réseau${N}?`],
    ['Pas de réseau?', `Pas de réseau${N}?`],
    ['Attention ! Partez', `Attention${N}! Partez`],
    ['Quoi ?!', `Quoi${N}?!`],
    ['Langue : français', `Langue${N}: français`],
    ['un ; deux', `un${N}; deux`],
    ['31 % des visites', `31${N}% des visites`],
    ['31% des visites', `31${N}% des visites`],
  ])('puts a no-break space before high punctuation: %s', (typed, set) => {
    expect(frenchTypography(typed)).toBe(set)
  })

  it.each([
    ["Aujourd'hui, l'outil", 'Aujourd’hui, l’outil'],
    ["L'{name}", 'L’{name}'],
    ["qu'elle n'a", 'qu’elle n’a'],
    ["d'un quart d'heure", 'd’un quart d’heure'],
  ])('curves apostrophes: %s', (typed, set) => {
    expect(frenchTypography(typed)).toBe(set)
  })

  it.each([
    ['le champ "Parle basque"', `le champ «${N}Parle basque${N}»`],
    ['« Parle basque »', `«${N}Parle basque${N}»`],
    ['«Parle basque» ?', `«${N}Parle basque${N}»${N}?`],
  ])('sets guillemets: %s', (typed, set) => {
    expect(frenchTypography(typed)).toBe(set)
  })

  it('parts thousands by a narrow no-break space', () => {
    expect(frenchTypography('de 5 000 à 1 200 000 comptes')).toBe(
      `de 5${THIN}000 à 1${THIN}200${THIN}000 comptes`,
    )
    expect(frenchTypography('entre 12 et 500')).toBe('entre 12 et 500')
  })

  it.each([
    '{count, plural, one {# compte} other {# comptes}}',
    '{kind, select, a {Oui} other {Non}}',
    'Ouvert à 14:05',
    'https://fieldback.example.com/link?token=abc',
    '{when}',
  ])('leaves the syntax of messages, hours and addresses alone: %s', (text) => {
    expect(frenchTypography(text)).toBe(text)
  })

  it('reaches punctuation after a value and inside the cases of a plural', () => {
    expect(frenchTypography('{name} ?')).toBe(`{name}${N}?`)
    expect(frenchTypography('{rate} %')).toBe(`{rate}${N}%`)
    expect(frenchTypography('{n, plural, one {Un oubli ?} other {# oublis ?}}')).toBe(
      `{n, plural, one {Un oubli${N}?} other {# oublis${N}?}}`,
    )
  })

  it('changes nothing of what it has set', () => {
    for (const text of ['Pas de réseau ?', 'le champ "Parle basque" : 5 000', "l'outil ; 31 %"]) {
      const once = frenchTypography(text)
      expect(frenchTypography(once)).toBe(once)
    }
  })

  it('walks a tree of messages', () => {
    expect(withFrenchTypography({ a: { b: 'Oui ?' }, c: 'Non !' })).toEqual({
      a: { b: `Oui${N}?` },
      c: `Non${N}!`,
    })
  })
})
