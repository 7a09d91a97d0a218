'use client'
import type { Change } from '@fieldback/domain/audit/changes'
import { useLocale, useTranslations } from 'next-intl'
import { changeLines } from '../../client/change-lines.ts'
import { useFormats } from '../../client/use-formats.ts'

/** What one version says otherwise than another, in the words that the journal will have. */
export function useChangeLines(): (changes: readonly Change[]) => string[] {
  const say = { text: useTranslations('audit'), formats: useFormats(), locale: useLocale() }
  return (changes) => changeLines(changes, say)
}
