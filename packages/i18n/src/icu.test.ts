import { describe, expect, it } from 'vitest'
import { compileMessage, type MessageValues, sayMessage } from './icu.ts'

const say = (source: string, values: MessageValues = {}, locale = 'fr') =>
  sayMessage(compileMessage(source), values, locale)

describe('messages', () => {
  it('puts values in', () => {
    expect(say('{name}, {n} fois', { name: 'Maialen', n: 3 })).toBe('Maialen, 3 fois')
  })

  it('shows a missing value rather than nothing', () => {
    expect(say('Bonjour {name}')).toBe('Bonjour {name}')
  })

  it('ends a sentence with one stop, after a short month and after words that have theirs', () => {
    expect(say('la date est le {day}.', { day: '23 nov.' })).toBe('la date est le 23 nov.')
    expect(say('{n, plural, =0 {le {day}.} other {{said}.}}', { n: 0, day: '23 nov.' })).toBe('le 23 nov.')
    expect(say('{n, plural, =0 {le {day}.} other {{said}.}}', { n: 2, said: 'Relancer.' })).toBe('Relancer.')
    expect(say('le {day}. Puis {x}.', { day: '1 mai', x: 'rien' })).toBe('le 1 mai. Puis rien.')
  })

  it("counts as the language does: French's zero is singular, English's is not", () => {
    const source = '{n, plural, one {# x} other {# y}}'
    expect([0, 1, 2].map((n) => say(source, { n }, 'fr'))).toEqual(['0 x', '1 x', '2 y'])
    expect([0, 1, 2].map((n) => say(source, { n }, 'en'))).toEqual(['0 y', '1 x', '2 y'])
  })

  it('prefers an exact case', () => {
    expect(say('{n, plural, =0 {rien} one {un} other {#}}', { n: 0 })).toBe('rien')
  })

  it('writes # in the figures of the language', () => {
    expect(say('{n, plural, one {#} other {# comptes}}', { n: 5000 })).toBe('5\u202f000 comptes')
    expect(say('{n, plural, one {#} other {# accounts}}', { n: 5000 }, 'en')).toBe('5,000 accounts')
  })

  it('chooses by word, by rank, and falls back to other', () => {
    expect(say('{k, select, a {A} other {Z}}', { k: 'a' })).toBe('A')
    expect(say('{k, select, a {A} other {Z}}', { k: 'b' })).toBe('Z')
    expect(say('{n, selectordinal, one {#er} other {#e}}', { n: 1 })).toBe('1er')
    expect(say('{n, selectordinal, one {#er} other {#e}}', { n: 2 })).toBe('2e')
  })

  it('nests, and counts the nearest number', () => {
    const source = '{k, select, a {{n, plural, one {un de {name}} other {# de {name}}}} other {-}}'
    expect(say(source, { k: 'a', n: 4, name: 'Pau' })).toBe('4 de Pau')
  })

  it("reads ICU's quotes", () => {
    expect(say("l'outil")).toBe("l'outil")
    expect(say("l''outil")).toBe("l'outil")
    expect(say("'{name}'", { name: 'x' })).toBe('{name}')
    expect(say("{n, plural, one {'#'} other {'#' #}}", { n: 2 })).toBe('# 2')
  })

  it.each(['{n', 'a } b', '{n, date}', '{n, plural, one {x}}', '<b>x</b>', '{}', '{n, plural, other {x}'])(
    'refuses what is outside the subset: %s',
    (source) => {
      expect(() => compileMessage(source)).toThrow(SyntaxError)
    },
  )
})
