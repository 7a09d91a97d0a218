'use client'
import { useTranslations } from 'next-intl'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormats } from '../../client/use-formats.ts'

/** How this noun speaks: its texts, the common ones, formats, and sentences of errors. */
export function useWords() {
  return {
    text: useTranslations('scenario'),
    common: useTranslations('common'),
    access: useTranslations('access'),
    formats: useFormats(),
    sentence: useErrorSentence(),
  }
}
