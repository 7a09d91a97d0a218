import english from '../messages/en/for-me.json' with { type: 'json' }
import french from '../messages/fr/for-me.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What "For me" says on the phone, beside its screen: Today says nothing of it. */
export const FOR_ME_TEXTS = { fr: french, en: english } as const

export const forMeTexts = (locale: Locale): Text<typeof french> =>
  openTexts({ forMe: FOR_ME_TEXTS[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)('forMe')
