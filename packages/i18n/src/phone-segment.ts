import english from '../messages/en/segment.json' with { type: 'json' }
import french from '../messages/fr/segment.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What lists to act on say on the phone, beside their screen: Today says nothing of it. */
export const SEGMENT_TEXTS = { fr: french, en: english } as const

export const segmentTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { segment: SEGMENT_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('segment')
