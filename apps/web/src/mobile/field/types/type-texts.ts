import { fieldTypeTexts } from '@fieldback/i18n/phone-field-types'
import { useMemo } from 'react'
import { usePhone } from '../../phone.tsx'

/** What the rarer inputs say; fetched with them, never with Today. */
export function useTypeTexts(): ReturnType<typeof fieldTypeTexts> {
  const { locale } = usePhone()
  return useMemo(() => fieldTypeTexts(locale), [locale])
}
