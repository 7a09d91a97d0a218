'use client'
import type { ErrorParams } from '@fieldback/domain/errors'
import { useTranslations } from 'next-intl'

const REASONS = [
  'empty',
  'long',
  'deep',
  'sign',
  'end',
  'function',
  'arguments',
  'reference',
  'type',
  'entity',
] as const

/** What is wrong with a formula, in a sentence with its place; characters are counted from 1. */
export function useFormulaFaultWords(): (params: ErrorParams) => string {
  const text = useTranslations('fieldCondition')
  return ({ reason, at, word }) =>
    text(`fault.${REASONS.find((one) => one === reason) ?? 'sign'}`, {
      at: typeof at === 'number' ? at : 1,
      word: String(word ?? ''),
    })
}
