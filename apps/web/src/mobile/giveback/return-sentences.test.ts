import { EVIDENCE_CODES, RETURN_CODES } from '@fieldback/domain/giveback/return-card'
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

describe.each(['fr', 'en'] as const)('what comes back, in %s', (locale) => {
  test.each(RETURN_CODES)('%s is one written sentence with all its figures', async (code) => {
    const text = (await loadTexts(locale))('giveback')
    const said = text(`returns.${code}`, params)
    expect(said).not.toContain('returns.')
    expect(said).not.toMatch(/[{}#]|undefined/)
    expect(said).toMatch(/^[«“\p{Lu}\p{N}].*\.$/u)
  })

  test.each(EVIDENCE_CODES)('%s names its figure', async (code) => {
    const text = (await loadTexts(locale))('giveback')
    expect(text(`evidence.${code}`, params)).not.toMatch(/[{}#]|evidence\.|undefined/)
  })

  test('a short month at the end of a sentence is followed by no second stop', async () => {
    const text = (await loadTexts(locale))('giveback')
    for (const code of ['REMINDER_SET', 'REMINDER_KEPT'] as const)
      expect(text(`returns.${code}`, { ...params, inDays: 0, day: '23 nov.' })).toMatch(/23 nov\.$/)
  })

  test('nobody reachable, nothing left to ask, a first one and a day that has come have their own words', async () => {
    const text = (await loadTexts(locale))('giveback')
    const all = (over: object) =>
      RETURN_CODES.map((code) => text(`returns.${code}`, { ...params, ...over })).join('\n')
    const usual = all({})
    for (const over of [{ reachable: 0 }, { unanswered: 0 }, { yes: 1 }, { inDays: 0 }, { side: 'others' }])
      expect(all(over)).not.toBe(usual)
    expect(all({ reachable: 0, unanswered: 0, inDays: 0, missing: 1 })).not.toMatch(/[{}#]/)
  })
})
