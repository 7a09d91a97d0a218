import english from '../messages/en/report.json' with { type: 'json' }
import french from '../messages/fr/report.json' with { type: 'json' }
import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** What the phone says of reports, beside their screens: Today says nothing of it. */
export const REPORT_TEXTS = { fr: french, en: english } as const

export const reportTexts = (locale: Locale): Text<typeof french> =>
  openTexts(
    { report: REPORT_TEXTS[locale] },
    locale,
    locale === 'fr' ? frenchTypography : undefined,
  )('report')
