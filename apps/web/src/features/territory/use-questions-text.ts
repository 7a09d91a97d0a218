'use client'
import { useLocale, useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { MovePreview } from './gesture.ts'

/** More names than these are counted. */
const NAMED_MAX = 6

/** What a change of place says of questions: asked anew, no longer asked. */
export function useQuestionsText() {
  const text = useTranslations('territory')
  const formats = useFormats()
  const locale = useLocale()
  const named = (
    key: 'gained' | 'lost' | 'spread',
    labels: MovePreview['gained'],
    place = '',
  ): string | null => {
    if (labels.length === 0) return null
    const names = labels.slice(0, NAMED_MAX).map((label) => (locale === 'en' && label.en) || label.fr)
    const more = labels.length - names.length
    return text(`gesture.${key}`, {
      count: labels.length,
      place,
      list: formats.list(more > 0 ? [...names, text('gesture.others', { count: more })] : names),
    })
  }
  return { named }
}
