import english from '../messages/en/field-types.json' with { type: 'json' }
import french from '../messages/fr/field-types.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What the rarer answers say on the phone, beside their inputs: both languages are smaller than another fetch. */
export const FIELD_TYPE_TEXTS = { fr: french, en: english } as const

export const fieldTypeTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { fieldTypes: FIELD_TYPE_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('fieldTypes')
