import english from '../messages/en/error.json' with { type: 'json' }
import french from '../messages/fr/error.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** Why the server refused, beside the one screen that says it: Today says nothing of it. */
export const ERROR_TEXTS = { fr: french, en: english } as const

export type ErrorText = Text<typeof french>

export const errorTexts = (locale: Locale): ErrorText =>
  openTexts({ error: ERROR_TEXTS[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)('error')
