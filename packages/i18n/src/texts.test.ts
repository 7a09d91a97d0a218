import { describe, expect, it } from 'vitest'
import { loadTexts } from './phone-texts.ts'
import { openTexts } from './texts.ts'

describe('texts', () => {
  const texts = openTexts(
    { sync: { pill: { waiting: '{n, plural, one {# attend} other {# attendent}}' } } },
    'fr',
  )

  it('says a text by its noun and key', () => {
    expect(texts('sync')('pill.waiting', { n: 3 })).toBe('3 attendent')
    expect(texts.locale).toBe('fr')
  })

  it('says an unknown key as itself, so that it is seen', () => {
    // @ts-expect-error: the type checker refuses it first.
    expect(texts('sync')('pill.none')).toBe('sync.pill.none')
  })

  it('gives the phone each language, French with its typography', async () => {
    const [french, english] = await Promise.all([loadTexts('fr'), loadTexts('en')])
    expect(french('agenda')('reason.callback', { reason: 'devis' })).toBe('À rappeler\u00a0: devis')
    expect(english('agenda')('reason.callback', { reason: 'devis' })).toBe('To call back: devis')
  })
})
