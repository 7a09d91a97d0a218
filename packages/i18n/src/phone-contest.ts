import english from '../messages/en/contest.json' with { type: 'json' }
import french from '../messages/fr/contest.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What contesting a question says on the phone, beside its panel: both languages are smaller than another fetch. */
export const CONTEST_TEXTS = { fr: french, en: english } as const

export const contestTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { contest: CONTEST_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('contest')
