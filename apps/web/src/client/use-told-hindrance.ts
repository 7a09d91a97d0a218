'use client'
import { type HindranceWords, toldHindrance } from '@fieldback/i18n/told-hindrance'
import { useTranslations } from 'next-intl'
import { useErrorSentence } from './use-error-sentence.ts'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

/** Why a gesture of a scenario could not be taken today, in a sentence. */
export function useToldHindrance(): (hindrance: Parameters<typeof toldHindrance>[0]) => string {
  const text = useTranslations('scenario')
  const place = useTranslations('territory')
  const words: HindranceWords = {
    text,
    place,
    formats: useFormats(),
    label: useLabel(),
    sentence: useErrorSentenceOf(),
  }
  return (hindrance) => toldHindrance(hindrance, words)
}

/** A fault that was found ahead, told as if a call had been refused for it. */
function useErrorSentenceOf(): HindranceWords['sentence'] {
  const sentence = useErrorSentence()
  return (fault) => sentence({ data: { fieldback: fault } })
}
