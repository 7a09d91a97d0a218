'use client'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { FieldType, Giveback, Localised } from '@fieldback/domain/field/field-spec'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'

type Answered = {
  readonly type: FieldType
  readonly options: readonly Localised[]
  readonly unit?: string | null | undefined
}

/** Options are listed while they fit a cell. */
const LISTED = 3

/** Questions, answers and returns in a few words of the reader's language. */
export function useFieldWords() {
  const text = useTranslations('fieldDesk')
  const field = useTranslations('field')
  const label = useLabel()
  const formats = useFormats()

  const answerWords = ({ type, options, unit }: Answered): string => {
    if (type === 'single_choice' && options.length <= LISTED)
      return options.map((option) => label(option).toLowerCase()).join(', ')
    if (type === 'integer' || type === 'decimal')
      return unit ? text('answer.withUnit', { unit }) : text(`answer.${type}`)
    return text(`answer.${type}`, { count: options.length })
  }

  const givebackWords = (giveback: Giveback): string => {
    if (giveback.kind === 'segment') return text('gives.segment', { label: label(giveback.label) })
    if (giveback.kind === 'reminder') return text('gives.reminder', { days: giveback.daysBefore })
    return text(`gives.${giveback.kind}`)
  }

  const bucketWords = (bucket: BucketLabel): string => {
    switch (bucket.kind) {
      case 'yes':
      case 'no':
      case 'unknown':
        return field(`answer.${bucket.kind}`)
      case 'option':
        return label(bucket.label)
      case 'month':
        return formats.month(bucket.month, 'short')
      case 'range': {
        const end = (value: number) =>
          bucket.measure === 'money'
            ? formats.money(value, bucket.unit ?? '')
            : bucket.measure === 'duration'
              ? formats.minutes(value)
              : formats.number(value, 2)
        const from = end(bucket.from)
        if (bucket.to === null) return field('range.from', { from })
        const to = end(bucket.to)
        return from === to ? from : field(bucket.whole ? 'range.whole' : 'range.open', { from, to })
      }
      case 'other':
        return bucket.bucket
    }
  }

  /** Seconds of an answer; assumed ones say so. */
  const secondsWords = (cost: { readonly seconds: number; readonly measured: boolean }): string =>
    text(cost.measured ? 'cost.measured' : 'cost.assumed', {
      // What nobody answers takes no time.
      seconds: formats.number(cost.seconds === 0 ? 0 : Math.max(1, cost.seconds)),
    })

  return { answerWords, givebackWords, bucketWords, secondsWords }
}
