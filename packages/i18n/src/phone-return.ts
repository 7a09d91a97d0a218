import english from '../messages/en/return.json' with { type: 'json' }
import french from '../messages/fr/return.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What comes back after a save and in "For me", beside these screens: Today says nothing of it. */
export const RETURN_TEXTS = { fr: french, en: english } as const

export const returnTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { return: RETURN_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('return')
