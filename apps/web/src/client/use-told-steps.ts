'use client'
import type { ToldStep } from '@fieldback/domain/scenario/told'
import { toldSteps } from '@fieldback/i18n/told-steps'
import { useTranslations } from 'next-intl'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

/** What the steps of a gesture do together, in one line. */
export function useToldSteps(): (told: readonly ToldStep[]) => string {
  const text = useTranslations('scenario.gestures.told')
  const formats = useFormats()
  const label = useLabel()
  return (told) => toldSteps(told, { text, formats, label })
}
