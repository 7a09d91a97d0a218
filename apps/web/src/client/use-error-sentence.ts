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
    const told = Object.entries(params).filter(
      ([, said]) => typeof said === 'string' || typeof said === 'number',
    )
    return text(code, {
      ...(Object.fromEntries(told) as Record<string, string | number>),
      wait: waitingTime(seconds, locale),
    })
  }
}
