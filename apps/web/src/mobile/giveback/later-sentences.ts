import type { ReturnCode } from '@fieldback/domain/giveback/return-card'
import type { MessageValues } from '@fieldback/i18n/icu'
import { returnTexts } from '@fieldback/i18n/phone-return'
import { useMemo } from 'react'
import { usePhone } from '../phone.tsx'

const isLater = (code: string): code is keyof typeof returnTexts.written.fr.returns =>
  code in returnTexts.written.fr.returns

/** Sentences of returns that Today never says, fetched with the screens that do; null for the others. */
export function useLaterSentences(): (code: ReturnCode, values: MessageValues) => string | null {
  const { locale } = usePhone()
  return useMemo(() => {
    const text = returnTexts(locale)
    return (code, values) => (isLater(code) ? text(`returns.${code}`, values) : null)
  }, [locale])
}
