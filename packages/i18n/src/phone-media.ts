import english from '../messages/en/media.json' with { type: 'json' }
import french from '../messages/fr/media.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What photos say on the phone, beside them: Today says nothing of it. */
export const MEDIA_TEXTS = { fr: french, en: english } as const

export const mediaTexts = (locale: Locale): Text<typeof french> =>
  openTexts({ media: MEDIA_TEXTS[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)('media')
