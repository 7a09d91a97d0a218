import { contestTexts } from '@fieldback/i18n/phone-contest'
import { useMemo } from 'react'
import { usePhone } from '../phone.tsx'

/** What contesting says; fetched with its panel, never with Today. */
export function useContestTexts(): ReturnType<typeof contestTexts> {
  const { locale } = usePhone()
  return useMemo(() => contestTexts(locale), [locale])
}
