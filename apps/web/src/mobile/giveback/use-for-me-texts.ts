import type { Locale } from '@fieldback/i18n/locale'
import { forMeTexts } from '@fieldback/i18n/phone-for-me'
import { usePhone } from '../phone.tsx'

const opened = new Map<Locale, ReturnType<typeof forMeTexts>>()

/** What "For me" says; fetched with its screen, never with Today. */
export function useForMeTexts(): ReturnType<typeof forMeTexts> {
  const { locale } = usePhone()
  const text = opened.get(locale) ?? forMeTexts(locale)
  opened.set(locale, text)
  return text
}
