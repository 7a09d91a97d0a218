import { frenchTypography } from './french-typography.ts'
import type { Locale } from './locale.ts'
import { openTexts, type Text } from './texts.ts'

export type LazyTexts<Tree> = {
  (locale: Locale): Text<Tree>
  /** As they are written. */
  readonly written: Readonly<Record<Locale, Tree>>
}

/** Texts that lie beside the screens that say them, in both languages, which are smaller than another fetch: Today says none. */
export function lazyTexts<Tree extends object>(
  noun: string,
  written: Readonly<Record<Locale, Tree>>,
): LazyTexts<Tree> {
  const opened = new Map<Locale, Text<Tree>>()
  const open = (locale: Locale): Text<Tree> => {
    const text =
      opened.get(locale) ??
      openTexts({ [noun]: written[locale] }, locale, locale === 'fr' ? frenchTypography : undefined)(noun)
    opened.set(locale, text)
    return text
  }
  return Object.assign(open, { written })
}
