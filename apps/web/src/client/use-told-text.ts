'use client'
import type { AnswerTold } from '@fieldback/domain/report/read-report'
import { answerText } from '@fieldback/i18n/answer-text'
import { useTranslations } from 'next-intl'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

export type Names = Readonly<Record<string, string>>

/** Writes what became of a question, without its links. */
export function useToldText(names: Names): (told: AnswerTold, owner: string) => string {
  const text = useTranslations('reportDesk')
  const field = useTranslations('field')
  const formats = useFormats()
  const label = useLabel()
  return (told, owner) =>
    told.state === 'said'
      ? answerText(told.parts, {
          text: (key) => field(key),
          photos: (count) => field('answer.photos', { count }),
          formats: { ...formats, day: (day) => formats.day(day, 'long') },
          label,
          nameOf: ({ id }) => names[id],
        })
      : text(`view.${told.state}`, { place: owner })
}
