import { english } from './english.ts'
import { french, type Messages } from './french.ts'
import { withFrenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'

const catalogs: Readonly<Record<Locale, Messages>> = { fr: withFrenchTypography(french), en: english }

/** All texts in one language, French ones with their typography. For servers and workers; the phone has `phone-*.ts`. */
export const messagesOf = (locale: Locale): Messages => catalogs[locale]
