import type { Figure, NamedField } from '@fieldback/domain/analytics/findings'
import { describe, expect, it } from 'vitest'
import { changeText, intervalText, shortValue, valueText } from './figure-words.ts'
import { openFormats } from './format.ts'
import { messagesOf } from './messages.ts'
import { openTexts } from './texts.ts'

const formats = openFormats('fr', 'Europe/Paris')
const text = openTexts(messagesOf('fr'), 'fr')('analytics')
const field = (type: NamedField['type'], unit: string | null): NamedField => ({
  id: 'f',
  label: { fr: 'Question' },
  entity: 'report',
  type,
  concept: false,
  unit,
  retired: false,
})
const figure = (value: number | null): Figure => ({
  value,
  low: null,
  high: null,
  k: null,
  n: 10,
  people: 6,
  between: null,
  hidden: null,
})
const plain = (said: string | null) => said?.replaceAll(/[\u00a0\u202f]/g, ' ')
const share = { of: 'share', field: null } as const
const mean = { of: 'mean', field: field('decimal', 'm²') } as const

describe('a figure in words', () => {
  it('is written in the unit of its question', () => {
    expect(plain(valueText(0.314, share, formats))).toBe('31 %')
    expect(plain(valueText(1042, { of: 'count', field: null }, formats))).toBe('1 042')
    expect(plain(valueText(12.34, mean, formats))).toBe('12,3 m²')
    expect(plain(valueText(1250.4, { of: 'mean', field: field('money', 'EUR') }, formats))).toBe('1 250 €')
    expect(plain(valueText(90, { of: 'median', field: field('duration', null) }, formats))).toBe('1 h 30')
    expect(plain(valueText(47, { of: 'entry', field: field('decimal', 'm²') }, formats))).toBe('47 s')
    expect(plain(shortValue(12.34, mean, formats))).toBe('12,3')
  })
  it('has an interval where it has one', () => {
    const words = { text, formats }
    expect(plain(intervalText({ low: 0.28, high: 0.34 }, { unit: share, ...words }))).toBe('28 à 34 %')
    expect(plain(intervalText({ low: 10, high: 14 }, { unit: mean, ...words }))).toBe('10 m² à 14 m²')
    expect(intervalText(figure(3), { unit: mean, ...words })).toBeNull()
  })
  it('moves by points or by a share of what it was, and not at all where the intervals touch', () => {
    const words = { text, formats }
    const moved = (
      now: number | null,
      before: number | null,
      verdict: 'higher' | 'unclear' | null = 'higher',
    ) => ({
      now: figure(now),
      before: before === null ? null : figure(before),
      verdict,
    })
    expect(plain(changeText(moved(0.31, 0.27), { unit: share, ...words }))).toBe('+ 4 pts')
    expect(plain(changeText(moved(120, 100, null), { unit: { of: 'count', field: null }, ...words }))).toBe(
      '+ 20 %',
    )
    expect(changeText(moved(0.31, 0.3, 'unclear'), { unit: share, ...words })).toBe('sans écart net')
    expect(changeText(moved(3, 0, null), { unit: { of: 'count', field: null }, ...words })).toBeNull()
    expect(changeText(moved(null, 1), { unit: share, ...words })).toBeNull()
  })
})
