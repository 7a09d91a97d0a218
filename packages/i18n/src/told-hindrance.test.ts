import { notEmpty } from '@fieldback/domain/territory/placement'
import { describe, expect, it } from 'vitest'
import english from '../messages/en/scenario.json' with { type: 'json' }
import englishPlace from '../messages/en/territory.json' with { type: 'json' }
import french from '../messages/fr/scenario.json' with { type: 'json' }
import frenchPlace from '../messages/fr/territory.json' with { type: 'json' }
import { openFormats } from './format.ts'
import { openTexts } from './texts.ts'
import { toldHindrance } from './told-hindrance.ts'

const inLanguage = (locale: 'fr' | 'en') => {
  const catalog =
    locale === 'fr'
      ? { scenario: french, territory: frenchPlace }
      : { scenario: english, territory: englishPlace }
  const texts = openTexts(catalog, locale)
  return (hindrance: Parameters<typeof toldHindrance>[0]) =>
    toldHindrance(hindrance, {
      text: texts('scenario'),
      place: texts('territory'),
      formats: openFormats(locale, 'Europe/Paris'),
      label: (label) => (locale === 'en' && label.en) || label.fr,
      sentence: ({ code }) => `[${code}]`,
    })
}
const [fr, en] = [inLanguage('fr'), inLanguage('en')]
const NONE = { accounts: 0, inClosed: 0, people: 0, children: 0, fields: 0 }
const question = { fr: 'Terrasse', en: 'Terrace' }

describe('why a gesture cannot be taken', () => {
  it('names what stands on a territory, and only that', () => {
    const one = { fault: notEmpty('t', { ...NONE, people: 1 }), question: null }
    expect(fr(one)).toBe("S'y trouve encore : 1 personne.")
    const more = { fault: notEmpty('t', { ...NONE, accounts: 3, children: 1, inClosed: 2 }), question: null }
    expect(fr(more)).toBe(
      "S'y trouvent encore : 1 territoire dessous, 3 comptes et 2 comptes dans un territoire fermé dessous.",
    )
    expect(en(one)).toBe('Still there: 1 person.')
  })

  it('names the question that a choice is about, whether it misses or no longer works', () => {
    const missing = { fault: { code: 'TERRITORY_FIELDS_MEET', params: {} }, question } as const
    expect(fr(missing)).toBe("« Terrasse » y serait posée deux fois : dites ce qu'elle devient.")
    const worn = { fault: { code: 'GIVEBACK_NOT_WORKING', params: {} }, question } as const
    expect(en(worn)).toBe('What was chosen for “Terrace” can no longer be done. [GIVEBACK_NOT_WORKING]')
  })

  it('speaks of who planned it, not to the reader, where rights are missing', () => {
    for (const code of ['FORBIDDEN', 'MEMBERSHIP_REVOKED'] as const)
      expect(fr({ fault: { code, params: {} }, question: null })).toContain("la personne qui l'a programmé")
    expect(fr({ fault: { code: 'TERRITORY_CYCLE', params: {} }, question: null })).toBe('[TERRITORY_CYCLE]')
  })
})
