import english from '../messages/en/insight.json' with { type: 'json' }
import french from '../messages/fr/insight.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What figures say, on the phone: beside "For me", Today says nothing of it. */
export const INSIGHT_TEXTS = { fr: french, en: english } as const

export const insightTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { insight: INSIGHT_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('insight')
