import { outboxTexts } from '@fieldback/i18n/phone-outbox'
import { useMemo } from 'react'
import { usePhone } from '../phone.tsx'

/** What the outbox says; fetched with its screens, never with Today. */
export function useOutboxTexts(): ReturnType<typeof outboxTexts> {
  const { locale } = usePhone()
  return useMemo(() => outboxTexts(locale), [locale])
}
