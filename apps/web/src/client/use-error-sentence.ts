'use client'
import { useTranslations } from 'next-intl'
import { toldError } from './error-code.ts'

/** Says what a failed call means, in the reader's language: `sentence(mutation.error)`. */
export function useErrorSentence(): (error: unknown) => string {
  const text = useTranslations('error')
  return (error) => {
    const { code, params } = toldError(error)
    const seconds = typeof params.seconds === 'number' ? params.seconds : 60
    return text(code, { minutes: Math.max(1, Math.ceil(seconds / 60)) })
  }
}
