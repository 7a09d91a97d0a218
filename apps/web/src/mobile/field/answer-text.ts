'use client'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import { answerText, figureText, withUnit } from '@fieldback/i18n/answer-text'
import { contactName } from '../account/reach.ts'
import { useLabel, usePhone } from '../phone.tsx'

/** Writes answers and buckets in the reader's language. */
export function useAnswerText(): { parts(parts: AnswerParts): string; bucket(label: BucketLabel): string } {
  const { store, texts, formats } = usePhone()
  const label = useLabel()
  const text = texts('field')
  const photos = (count: number) => text('answer.photos', { count })
  return {
    parts: (parts) => answerText(parts, { text, photos, formats, label, nameOf }),
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

  /** Of what this phone holds alone: a name from beyond its scope is not here to be said. */
  function nameOf({ to, id }: Extract<AnswerParts, { kind: 'reference' }>): string | undefined {
    const { accounts, contacts } = store.getState().rows
    if (to === 'account') return accounts.get(id)?.name
    const contact = contacts.get(id)
    return contact && contactName(contact)
  }

  function rangeText(range: Extract<BucketLabel, { kind: 'range' }>): string {
    const end = (value: number): string =>
      range.measure === 'money'
        ? formats.money(value, range.unit ?? '')
        : range.measure === 'duration'
          ? formats.minutes(value)
          : figureText(value, formats)
    const unit = range.measure ? null : range.unit
    const from = end(range.from)
    if (range.to === null) return withUnit(text('range.from', { from }), unit)
    if (range.whole && range.to === range.from) return withUnit(from, unit)
    return withUnit(text(range.whole ? 'range.whole' : 'range.open', { from, to: end(range.to) }), unit)
  }
}
