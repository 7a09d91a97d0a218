import type { Locale } from '@fieldback/i18n/locale'
import { segmentTexts } from '@fieldback/i18n/phone-segment'
import { usePhone } from '../phone.tsx'

const opened = new Map<Locale, ReturnType<typeof segmentTexts>>()

/** What lists to act on say; fetched with their screen, never with Today. */
export function useSegmentTexts(): ReturnType<typeof segmentTexts> {
  const { locale } = usePhone()
  const text = opened.get(locale) ?? segmentTexts(locale)
  opened.set(locale, text)
  return text
}
