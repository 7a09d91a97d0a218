import type { Locale } from '@fieldback/i18n/locale'
import { insightTexts } from '@fieldback/i18n/phone-insight'
import { usePhone } from '../phone.tsx'

const opened = new Map<Locale, ReturnType<typeof insightTexts>>()

/** What insights say; fetched with "For me", never with Today. */
export function useInsightTexts(): ReturnType<typeof insightTexts> {
  const { locale } = usePhone()
  const text = opened.get(locale) ?? insightTexts(locale)
  opened.set(locale, text)
  return text
}
