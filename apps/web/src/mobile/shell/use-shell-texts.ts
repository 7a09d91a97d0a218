import { shellTexts } from '@fieldback/i18n/phone-shell'
import { useMemo } from 'react'
import { usePhone } from '../phone.tsx'

/** What installing and updating says; fetched with its screens, never with Today. */
export function useShellTexts(): ReturnType<typeof shellTexts> {
  const { locale } = usePhone()
  return useMemo(() => shellTexts(locale), [locale])
}
