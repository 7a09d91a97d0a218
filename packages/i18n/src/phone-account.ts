import english from '../messages/en/account.json' with { type: 'json' }
import french from '../messages/fr/account.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What the phone's accounts say, beside their screens: Today says nothing of it. */
export const ACCOUNT_TEXTS = { fr: french, en: english } as const

export const accountTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { account: ACCOUNT_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('account')
