import english from '../messages/en/access.json' with { type: 'json' }
import french from '../messages/fr/access.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What one's own menu says on the phone, beside it: Today says nothing of it. */
export const ACCESS_TEXTS = { fr: french, en: english } as const

export const accessTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { access: ACCESS_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('access')
