import type { Locale } from '@fieldback/i18n/locale'
import { accountTexts } from '@fieldback/i18n/phone-account'
import { usePhone } from '../phone.tsx'

const opened = new Map<Locale, ReturnType<typeof accountTexts>>()

/** What the screens of accounts say; fetched with them, never with Today. */
export function useAccountTexts(): ReturnType<typeof accountTexts> {
  const { locale } = usePhone()
  const text = opened.get(locale) ?? accountTexts(locale)
  opened.set(locale, text)
  return text
}
