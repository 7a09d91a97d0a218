'use client'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { AnswerParts } from '@fieldback/domain/giveback/badge'
import { useLabel, usePhone } from '../phone.tsx'

/** Writes answers and buckets in the reader's language. */
export function useAnswerText(): { parts(parts: AnswerParts): string; bucket(label: BucketLabel): string } {
  const { texts, formats } = usePhone()
  const label = useLabel()
  const text = texts('field')
  const withUnit = (figure: string, unit: string | null): string =>
    unit === null ? figure : `${figure}\u00a0${unit}`
  // A year is a number without thousands.
  const figure = (value: number): string =>
    Number.isInteger(value) && value >= 1900 && value < 2100 ? String(value) : formats.number(value, 2)
  return {
    parts(parts) {
      switch (parts.kind) {
        case 'yes':
          return text('answer.yes')
        case 'no':
          return text('answer.no')
        case 'options':
          return formats.list(parts.labels.map(label))
        case 'number':
          return withUnit(figure(parts.value), parts.unit)
        case 'date':
          return formats.day(parts.day, 'short')
        case 'text':
          return parts.text
      }
    },
    bucket(bucket) {
      switch (bucket.kind) {
        case 'yes':
          return text('answer.yes')
        case 'no':
          return text('answer.no')
        case 'unknown':
          return text('answer.unknown')
        case 'option':
          return label(bucket.label)
        case 'month':
          return formats.month(bucket.month, 'short')
        case 'other':
          return bucket.bucket
        case 'range':
          return rangeText(bucket)
      }
    },
  }

  function rangeText(range: Extract<BucketLabel, { kind: 'range' }>): string {
    const from = figure(range.from)
    if (range.to === null) return withUnit(text('range.from', { from }), range.unit)
    if (range.whole && range.to === range.from) return withUnit(from, range.unit)
    const to = figure(range.to)
    return withUnit(text(range.whole ? 'range.whole' : 'range.open', { from, to }), range.unit)
  }
}
