'use client'
import { oneLine } from '@fieldback/domain/account/normalise'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'

/** An answer to a question in a few words of the reader's language, without what would turn the sentence around it. */
export function useSaidWords(spec: FieldSpec): (x: AnswerValue) => string {
  const field = useTranslations('field')
  const formats = useFormats()
  const label = useLabel()
  const optionWords = (id: string) => {
    const option = spec.options.find((one) => one.id === id)
    return option ? label(option.label) : id
  }
  const words = (x: AnswerValue): string => {
    if (x === null) return field('answer.unknown')
    if (typeof x === 'boolean') return field(x ? 'answer.yes' : 'answer.no')
    if (Array.isArray(x)) return formats.list(x.map(optionWords))
    if (typeof x === 'number')
      return spec.type === 'money'
        ? formats.money(x, spec.currency ?? '')
        : spec.type === 'duration'
          ? formats.minutes(x)
          : formats.number(x, 2)
    if (typeof x === 'string') return spec.type === 'date' ? formats.day(x) : oneLine(optionWords(x))
    return JSON.stringify(x)
  }
  return words
}
