import english from '../messages/en/opinion.json' with { type: 'json' }
import french from '../messages/fr/opinion.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** Whether what comes back is of use: beside the screens that ask, Today does not. */
export const OPINION_TEXTS = { fr: french, en: english } as const

export const opinionTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { opinion: OPINION_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('opinion')
