import english from '../messages/en/coaching.json' with { type: 'json' }
import french from '../messages/fr/coaching.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What is said around notes of managers on the phone, beside "For me". */
export const COACHING_TEXTS = { fr: french, en: english } as const

export const coachingTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { coaching: COACHING_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('coaching')
