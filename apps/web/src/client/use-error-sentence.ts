'use client'
import { openFormats } from '@fieldback/i18n/format'
import { waitingTime } from '@fieldback/i18n/waiting-time'
import { useLocale, useTranslations } from 'next-intl'
import { toldError } from './error-code.ts'

const DAY = /^\d{4}-\d\d-\d\d$/

/** Says what a failed call means, in the reader's language: `sentence(mutation.error)`. */
export function useErrorSentence(): (error: unknown) => string {
  const text = useTranslations('error')
  const locale = useLocale()
  return (error) => {
    const { code, params } = toldError(error)
    const seconds = typeof params.seconds === 'number' ? params.seconds : 60
    const told = Object.entries(params).flatMap(([key, said]) => {
      if (typeof said === 'string' && DAY.test(said))
        return [[key, openFormats(locale, 'UTC').day(said, 'numeric')]]
      return typeof said === 'string' || typeof said === 'number' ? [[key, said]] : []
    })
    return text(code, {
      ...(Object.fromEntries(told) as Record<string, string | number>),
      wait: waitingTime(seconds, locale),
    })
  }
}
