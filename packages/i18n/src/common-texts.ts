import english from '../messages/en/common.json' with { type: 'json' }
import french from '../messages/fr/common.json' with { type: 'json' }
import { withFrenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

/** The shared words alone, in both languages at once: for the page that must be shown when nothing else can be had. */
export const commonTexts = (locale: Locale): Text<typeof french> =>
  openTexts({ common: locale === 'en' ? english : withFrenchTypography(french) }, locale)('common')
