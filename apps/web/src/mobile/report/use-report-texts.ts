import type { Locale } from '@fieldback/i18n/locale'
import { reportTexts } from '@fieldback/i18n/phone-report'
import { usePhone } from '../phone.tsx'

const opened = new Map<Locale, ReturnType<typeof reportTexts>>()

/** What the screens of reports say; fetched with them, never with Today. */
export function useReportTexts(): ReturnType<typeof reportTexts> {
  const { locale } = usePhone()
  const text = opened.get(locale) ?? reportTexts(locale)
  opened.set(locale, text)
  return text
}
