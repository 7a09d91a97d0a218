'use client'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { InsightWords } from '@fieldback/i18n/insight-words'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'

/** What insights are written with. */
export function useWords(): InsightWords {
  const text = useTranslations('insight')
  const formats = useFormats()
  const label = useLabel()
  return { text, formats, label, bucket }

  function bucket(told: BucketLabel): string {
    switch (told.kind) {
      case 'yes':
      case 'no':
      case 'unknown':
        return text(`answer.${told.kind}`)
      case 'option':
        return label(told.label)
      case 'month':
        return formats.month(told.month, 'short')
      case 'other':
        return told.bucket
      case 'range':
        return rangeText(told)
    }
  }

  function rangeText({ from, to, whole, unit, measure }: Extract<BucketLabel, { kind: 'range' }>): string {
    const end = (value: number) =>
      measure === 'money'
        ? formats.money(value, unit ?? '')
        : measure === 'duration'
          ? formats.minutes(value)
          : formats.number(value, 2)
    const size = unit === null || measure ? '' : `\u00a0${unit}`
    if (to === null) return `${text('answer.from', { from: end(from) })}${size}`
    if (whole && from === to) return `${end(from)}${size}`
    return `${text(whole ? 'answer.range' : 'answer.rangeBefore', { from: end(from), to: end(to) })}${size}`
  }
}
