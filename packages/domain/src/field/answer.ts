import type { FieldSpec } from './field-spec.ts'

/** yes/no: boolean; choice: option id; choices: option ids; numbers: number; date: YYYY-MM-DD; text: string; null: "I do not know". */
export type AnswerValue = boolean | number | string | readonly string[] | null

/**
 * A value, the version of the question it answers, and the day it was said (YYYY-MM-DD) where that matters: on accounts
 * and contacts, whose answers grow stale.
 */
export type Answer = { readonly v: number; readonly x: AnswerValue; readonly d?: string | undefined }

/** The document kept on a report, account or contact, keyed by field id. */
export type Answers = Readonly<Record<string, Answer>>

export const SHORT_TEXT_MAX = 200
export const LONG_TEXT_MAX = 5000

export type AnswerFault = 'ANSWER_TYPE' | 'ANSWER_OPTION' | 'ANSWER_RANGE' | 'ANSWER_TOO_LONG'

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

const isRealDay = (text: string): boolean => {
  if (!DAY.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const lastDay =
    month === 2
      ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
        ? 29
        : 28
      : [4, 6, 9, 11].includes(month)
        ? 30
        : 31
  return day <= lastDay
}

const hasOption = (spec: FieldSpec, id: string): boolean => spec.options.some((option) => option.id === id)

/**
 * Checks one value against the version it names; null when it fits. Retired options fit: an old phone may still send
 * them. Bounds are part of the question, so a number outside them is a fault; a missing answer never is.
 */
export function answerFault(spec: FieldSpec, value: AnswerValue): AnswerFault | null {
  if (value === null) return null
  switch (spec.type) {
    case 'yes_no':
      return typeof value === 'boolean' ? null : 'ANSWER_TYPE'
    case 'single_choice':
      if (typeof value !== 'string') return 'ANSWER_TYPE'
      return hasOption(spec, value) ? null : 'ANSWER_OPTION'
    case 'multiple_choice':
      if (!Array.isArray(value)) return 'ANSWER_TYPE'
      return new Set(value).size === value.length &&
        value.every((id) => typeof id === 'string' && hasOption(spec, id))
        ? null
        : 'ANSWER_OPTION'
    case 'integer':
    case 'decimal':
    // What a phone computed; the server's own figure takes its place.
    case 'computed':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'ANSWER_TYPE'
      if (spec.type === 'integer' && !Number.isSafeInteger(value)) return 'ANSWER_TYPE'
      return value < (spec.min ?? -1e15) || value > (spec.max ?? 1e15) ? 'ANSWER_RANGE' : null
    case 'date':
      return typeof value === 'string' && isRealDay(value) ? null : 'ANSWER_TYPE'
    case 'short_text':
    case 'long_text':
      if (typeof value !== 'string') return 'ANSWER_TYPE'
      return value.length > (spec.type === 'short_text' ? SHORT_TEXT_MAX : LONG_TEXT_MAX)
        ? 'ANSWER_TOO_LONG'
        : null
  }
}

/** Empty is "nothing was said"; null, "I do not know", is an answer. */
export const isEmpty = (value: AnswerValue | undefined): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Whether a field's answers are free text: removed from every read above its owner unless shared. */
export const isText = (spec: FieldSpec): boolean => spec.type === 'short_text' || spec.type === 'long_text'
