import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import type { PhoneCatalog } from './phone-french.ts'
import { openTexts, type Texts } from './texts.ts'

export type PhoneTexts = Texts<PhoneCatalog>

/** The phone's texts in one language, fetched as a chunk of its own; ready before the first screen. */
export async function loadTexts(locale: Locale): Promise<PhoneTexts> {
  if (locale === 'en') return openTexts((await import('./phone-english.ts')).phoneEnglish, locale)
  return openTexts((await import('./phone-french.ts')).phoneFrench, locale, frenchTypography)
}
