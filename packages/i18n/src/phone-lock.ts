import english from '../messages/en/lock.json' with { type: 'json' }
import french from '../messages/fr/lock.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What the phone's lock says, beside its screens: a phone without one fetches it late or never. */
export const LOCK_TEXTS = { fr: french, en: english } as const

export const lockTexts = (locale: Locale): Text<typeof french> =>
  openTexts({ lock: LOCK_TEXTS[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)('lock')
