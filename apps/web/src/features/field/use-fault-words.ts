'use client'
import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
import { GIVEBACK_FAULTS, type GivebackFault } from '@fieldback/domain/giveback/check-giveback'
import { useTranslations } from 'next-intl'
import { toldError } from '../../client/error-code.ts'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { useFormulaFaultWords } from './use-formula-fault-words.ts'

export type Told = { readonly title: string; readonly next: string }
type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/** Codes that the builder says in more than the general sentence. */
const OWN = [
  'FIELD_KEY_TAKEN',
  'FIELD_OPTIONS_REQUIRED',
  'FIELD_OPTION_TWICE',
  'FIELD_BOUNDS',
  'FIELD_DAYS_CROSSED',
  'FIELD_CURRENCY_REQUIRED',
  'FIELD_SCALE',
  'FIELD_PHOTOS',
  'FIELD_PHOTO_OF_REPORT',
  'FIELD_LIST_REQUIRED',
  'FIELD_LIST_EMPTY',
  'FIELD_ITEMS_NONE',
  'FIELD_TYPE_FIXED',
  'FIELD_LOCKED',
  'FIELD_LOOSER',
  'FIELD_OPTION_UNKNOWN',
  'FIELD_REFERENCE_UNKNOWN',
  'FIELD_CONDITION_WRONG',
  'FIELD_CYCLE',
  'GIVEBACK_MISSING',
  'CONFLICT',
] as const

const isFault = (code: unknown): code is GivebackFault =>
  typeof code === 'string' && (GIVEBACK_FAULTS as readonly string[]).includes(code)

/** A refusal of the server in words: what is wrong, then what to do. */
export function useFaultWords() {
  const text = useTranslations('fieldDesk')
  const sentence = useErrorSentence()
  const formulaWords = useFormulaFaultWords()
  /** Why one return would not work here. */
  const reason = (code: GivebackFault, params: ErrorParams): string => text(`reason.${code}`, figures(params))
  const of = ({ code, params }: Fault): Told => {
    if (code === 'GIVEBACK_NOT_WORKING' && isFault(params.reason))
      return { title: text('fault.GIVEBACK_NOT_WORKING.title'), next: reason(params.reason, params) }
    if (code === 'FIELD_FORMULA_WRONG')
      return { title: text('fault.FIELD_FORMULA_WRONG.title'), next: formulaWords(params) }
    const own = OWN.find((one) => one === code)
    if (own)
      return {
        title: text(`fault.${own}.title`, figures(params)),
        next: text(`fault.${own}.next`, figures(params)),
      }
    return { title: text('fault.other'), next: sentence({ data: { fieldback: { code, params } } }) }
  }
  return { reason, of, ofError: (error: unknown): Told => of(toldError(error)) }
}

/** Every parameter a sentence may name, so that none is missing when the server adds a code. */
function figures(params: ErrorParams): Record<string, string | number> {
  const text = (name: string) => String(params[name] ?? '')
  const number = (name: string) => (typeof params[name] === 'number' ? params[name] : 0)
  return {
    territory: text('territory'),
    option: text('option'),
    question: text('question'),
    reason: text('reason'),
    path: text('path'),
    options: text('options'),
    kind: text('kind'),
    basis: text('basis'),
    type: text('type'),
    aspect: text('aspect'),
    have: number('have'),
    need: number('need'),
    answers: number('answers'),
    answersNeed: number('answersNeed'),
    reports: number('reports'),
    reps: number('reps'),
    min: number('min'),
    max: number('max'),
    least: number('least'),
    most: number('most'),
  }
}
