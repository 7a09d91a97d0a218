import english from '../messages/en/shell.json' with { type: 'json' }
import french from '../messages/fr/shell.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What installing and updating the phone's application says, beside its screens: Today says nothing of it. */
export const SHELL_TEXTS = { fr: french, en: english } as const

export const shellTexts = (locale: Locale): Text<typeof french> =>
  openTexts({ shell: SHELL_TEXTS[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)('shell')
