import type { Factor } from '@fieldback/domain/insight/factor-counts'
import type { Insight } from '@fieldback/domain/insight/insight'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import { wilson } from '@fieldback/domain/insight/wilson'
import { describe, expect, it } from 'vitest'
import { openFormats } from './format.ts'
import { accountLine, insightEvidence, insightSentence } from './insight-words.ts'
import { insightTexts } from './phone-insight.ts'

const wordsOf = (locale: 'fr' | 'en') => ({
  text: insightTexts(locale),
  formats: openFormats(locale, 'Europe/Paris'),
  label: (label: { fr: string }) => label.fr,
  bucket: () => 'Four',
})
const told = (kind: Insight['kind'], factor: Factor, more: Partial<ToldInsight> = {}): ToldInsight => ({
  key: 'k',
  kind,
  factor,
  bucket: 'four',
  outcome: 'order',
  month: kind === 'anomaly' ? '2026-10' : null,
  compared: 'other_answers',
  period: { from: '2025-11', to: '2026-10' },
  direction: 'more',
  here: wilson(1901, 5457),
  there: wilson(1907, 10_482),
  p: 1e-9,
  place: { id: 't', name: 'Pays Basque', rank: 3 },
  question: { id: 'f', label: { fr: 'Produits évoqués' } },
  answer: { kind: 'option', label: { fr: 'Four' }, retired: false },
  people: 60,
  accounts: [],
  useful: null,
  checkedAt: '2026-11-04T05:00:00Z',
  ...more,
})
const range = (from: number, to: number | null) => ({
  answer: { kind: 'range', from, to, whole: true, unit: null } as const,
})
const answer = { kind: 'answer', fieldId: 'f' } as const
const EVERY = [
  told('association', answer),
  told('association', answer, { direction: 'less', outcome: 'revisit' }),
  told('association', { kind: 'delay' }, range(15, 30)),
  told('association', { kind: 'frequency' }, range(0, 0)),
  told('association', { kind: 'frequency' }, range(12, null)),
  told('lookalike', { kind: 'profile', fieldId: 'f' }),
  told('sister', { kind: 'reports' }, { compared: 'sisters' }),
  told('anomaly', { kind: 'reports' }, { compared: 'own_past' }),
  told('anomaly', answer, { compared: 'own_past', question: null }),
  told('cold', { kind: 'reports' }, { compared: 'own_rhythm' }),
]
const CONCEPT = told('association', answer, {
  question: { id: 'f', label: { fr: 'Parle la langue du pays' }, together: 3 },
})

describe.each(['fr', 'en'] as const)('in %s, what is told', (locale) => {
  const words = wordsOf(locale)
  it('is a whole sentence, and its evidence too', () => {
    for (const one of [...EVERY, CONCEPT]) {
      const { rows, here, there } = insightEvidence(one, words)
      const said = [
        insightSentence(one, words),
        ...rows.flatMap(({ term, value }) => [term, value]),
        here.label,
        there.label,
      ]
      expect(said.filter((text) => text === '' || /[{}]|undefined|NaN|insight\./.test(text))).toEqual([])
      expect(said[0]).toMatch(/^[\p{Lu}«“\d].*\.$/u)
    }
  })
  it('says of a concept how many questions it counts together', () => {
    const term = words.text('evidence.together')
    const of = (one: ToldInsight) => insightEvidence(one, words).rows.find((row) => row.term === term)?.value
    expect(EVERY.map(of).filter(Boolean)).toEqual([])
    expect(of(CONCEPT)).toBe('3')
  })
  it('never says why', () => {
    const why =
      /\b(cause|because|grâce|raison|provoque|entraîne|augmente|fait|due to|leads?|thanks|makes?|increases?)\b/i
    for (const one of EVERY) expect(insightSentence(one, words)).not.toMatch(why)
  })
})

it('says what goes with what, and how much', () => {
  expect(insightSentence(told('association', answer), wordsOf('en'))).toBe(
    '“Produits évoqués: Four” is associated with more orders: 35% of reports, against 18% with the other answers.',
  )
  expect(insightSentence(told('association', { kind: 'frequency' }, range(12, null)), wordsOf('en'))).toMatch(
    /^At an account seen 12 times or more in the year before, a visit is associated with more orders/,
  )
})

it('says of an account where it is and when it was seen, on phone and desk alike', () => {
  const lines = [
    { city: 'Pau', lastVisitDay: '2026-08-01' },
    { city: null, lastVisitDay: null },
  ]
  expect(lines.map((account) => accountLine(account, wordsOf('fr')))).toEqual([
    'Pau · vu le 1er août',
    'jamais vu',
  ])
  expect(lines.map((account) => accountLine(account, wordsOf('en')))).toEqual([
    'Pau · seen 1 Aug',
    'never seen',
  ])
})
