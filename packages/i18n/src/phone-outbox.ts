import english from '../messages/en/outbox.json' with { type: 'json' }
import french from '../messages/fr/outbox.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What the outbox and leaving say on the phone, beside their screens: Today says its state in a word of `sync`. */
export const OUTBOX_TEXTS = { fr: french, en: english } as const

export const outboxTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { outbox: OUTBOX_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('outbox')
