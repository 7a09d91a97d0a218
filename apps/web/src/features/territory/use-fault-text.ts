'use client'
import { useTranslations } from 'next-intl'
import type { MergePreview } from './gesture.ts'

/** Why a change of the tree cannot be made, and what to do; null when it can. */
export function useFaultText() {
  const text = useTranslations('territory')
  const errors = useTranslations('error')
  return (fault: MergePreview['fault']): string | null => {
    if (fault === null) return null
    if (fault.code === 'TOO_LARGE') return text('gesture.large', { max: Number(fault.params.max) })
    if (fault.code === 'TERRITORY_NOT_EMPTY')
      return text('gesture.inClosed', { count: Number(fault.params.inClosed ?? 0) })
    return errors(fault.code)
  }
}
