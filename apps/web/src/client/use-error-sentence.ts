'use client'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { useLocale, useTranslations } from 'next-intl'
import { toldError } from './error-code.ts'

/** Says what a failed call means, in the reader's language: `sentence(mutation.error)`. */
export function useErrorSentence(): (error: unknown) => string {
  const text = useTranslations('error')
  const locale = useLocale()
  return (error) => {
    const { code, params } = toldError(error)
    const seconds = typeof params.seconds === 'number' ? params.seconds : 60
    return text(code, { wait: waitingTime(seconds, locale) })
  }
}
