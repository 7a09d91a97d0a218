'use client'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import { addressOnOneLine } from '@fieldback/domain/field/types/place'
import type { Position } from '@fieldback/domain/field/types/value'
import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import { contactName } from '../account/reach.ts'
import { useLabel, usePhone } from '../phone.tsx'

/** Writes answers and buckets in the reader's language. */
export function useAnswerText(): { parts(parts: AnswerParts): string; bucket(label: BucketLabel): string } {
  const { store, texts, formats } = usePhone()
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
          return [formats.day(parts.day, 'short'), parts.clock].filter(Boolean).join(', ')
        case 'money':
          return formats.money(parts.value, parts.currency)
        case 'duration':
          return formats.minutes(parts.minutes)
        case 'rating':
          return `${parts.value}/${parts.of}`
        case 'text':
        case 'email':
          return parts.text
        case 'phone':
          return formats.phone(parts.text)
        case 'web':
          return parts.text.replace(/^https?:\/\//, '')
        case 'address':
          return addressOnOneLine(parts.address)
        case 'position':
          return pointText(parts.position)
        case 'reference':
          return nameOf(parts) ?? text('answer.elsewhere')
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

  /** Points between the figures of a pair would be read as its comma. */
  function pointText({ latitude, longitude, accuracy }: Position): string {
    const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
    return accuracy === null ? point : `${point} (±\u00a0${formats.distance(accuracy)})`
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
          : figure(value)
    const unit = range.measure ? null : range.unit
    const from = end(range.from)
    if (range.to === null) return withUnit(text('range.from', { from }), unit)
    if (range.whole && range.to === range.from) return withUnit(from, unit)
    return withUnit(text(range.whole ? 'range.whole' : 'range.open', { from, to: end(range.to) }), unit)
  }
}
