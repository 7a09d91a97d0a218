import { EVIDENCE_CODES, RETURN_CODES, type ReturnCode } from '@fieldback/domain/giveback/return-card'
import { returnTexts } from '@fieldback/i18n/phone-return'
import { loadTexts } from '@fieldback/i18n/phone-texts'
import { describe, expect, test } from 'vitest'

const params = {
  yes: 34,
  answered: 61,
  unanswered: 13,
  reachable: 22,
  withEmail: 12,
  holder: 'contact',
  day: '8 déc.',
  dueDay: '24 oct.',
  inDays: 3,
  sooner: 3,
  later: 1,
  lastShare: '39 %',
  beforeShare: '31 %',
  lastN: 12,
  beforeN: 80,
  everyDays: 30,
  usualDays: 60,
  nextDay: '24 déc.',
  hereShare: '39 %',
  thereShare: '31 %',
  hereN: 34,
  hereK: 12,
  place: 'Nouvelle-Aquitaine',
  have: 5,
  need: 8,
  missing: 3,
  side: 'this',
  field: 'Parle basque',
  giveback: 'Contacts qui parlent basque',
  answer: 'oui',
  badge: 'Parle basque',
  n: 1,
  of: 2,
}

type Locale = 'fr' | 'en'
type Held = keyof typeof import('@fieldback/i18n/phone-french').phoneFrench.giveback.returns

/** As a screen says them: those of a save beside it, the others with Today. */
async function sayIn(locale: Locale): Promise<(code: ReturnCode, values: object) => string> {
  const [text, saved] = [(await loadTexts(locale))('giveback'), returnTexts(locale)]
  return (code, values) =>
    code in returnTexts.written[locale].returns
      ? saved(`returns.${code as keyof typeof returnTexts.written.fr.returns}`, { ...values })
      : text(`returns.${code as Held}`, { ...values })
}

describe.each(['fr', 'en'] as const)('what comes back, in %s', (locale) => {
  test.each(RETURN_CODES)('%s is one written sentence with all its figures', async (code) => {
    const said = (await sayIn(locale))(code, params)
    expect(said).not.toContain('returns.')
    expect(said).not.toMatch(/[{}#]|undefined/)
    expect(said).toMatch(/^[«“\p{Lu}\p{N}].*\.$/u)
  })

  test.each(EVIDENCE_CODES)('%s names its figure', async (code) => {
    const text = (await loadTexts(locale))('giveback')
    expect(text(`evidence.${code}`, params)).not.toMatch(/[{}#]|evidence\.|undefined/)
  })

  test('a short month at the end of a sentence is followed by no second stop', async () => {
    const say = await sayIn(locale)
    for (const code of ['REMINDER_SET', 'REMINDER_KEPT'] as const)
      expect(say(code, { ...params, inDays: 0, day: '23 nov.' })).toMatch(/23 nov\.$/)
    expect(say('PRIORITY_KEPT', { ...params, nextDay: '23 nov.' })).toMatch(/23 nov\.$/)
  })

  test('nobody reachable, nothing left to ask, a first one and a day that has come have their own words', async () => {
    const say = await sayIn(locale)
    const all = (over: object) => RETURN_CODES.map((code) => say(code, { ...params, ...over })).join('\n')
    const usual = all({})
    for (const over of [{ reachable: 0 }, { unanswered: 0 }, { yes: 1 }, { inDays: 0 }, { side: 'others' }])
      expect(all(over)).not.toBe(usual)
    expect(all({ reachable: 0, unanswered: 0, inDays: 0, missing: 1 })).not.toMatch(/[{}#]/)
  })
})
