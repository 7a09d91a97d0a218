import type { FieldSpec, FieldType } from './field-spec.ts'
import type { AnswerFault, AnswerValue } from './types/value.ts'

export type { AnswerFault, AnswerValue }

/**
 * A value, the version of the question it answers, and the day it was said (YYYY-MM-DD) where that matters: on accounts
 * and contacts, whose answers grow stale. `r`: what was typed, of a phone, an e-mail or a web address whose `x` was
 * brought to its normal form.
 */
export type Answer = {
  readonly v: number
  readonly x: AnswerValue
  readonly d?: string | undefined
  readonly r?: string | undefined
}

/** The document kept on a report, account or contact, keyed by field id. */
export type Answers = Readonly<Record<string, Answer>>

/** Empty is "nothing was said"; null, "I do not know", is an answer. */
export const isEmpty = (value: AnswerValue | undefined): boolean =>
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.values(value).every(isBlank))

/** An address of which no part is said is empty, as is a list of nothing; a position never. */
const isBlank = (part: unknown): boolean => typeof part === 'string' && part.trim() === ''

const TOLD_IN_WORDS: Readonly<Record<FieldType, boolean>> = {
  yes_no: false,
  single_choice: false,
  multiple_choice: false,
  integer: false,
  decimal: false,
  money: false,
  duration: false,
  rating: false,
  date: false,
  date_time: false,
  short_text: true,
  long_text: true,
  phone: true,
  email: true,
  web_address: true,
  postal_address: true,
  position: true,
  account_reference: true,
  contact_reference: true,
  list_reference: false,
  photo: true,
  computed: false,
}

/**
 * Whether a field's answers are free text, say how to reach somebody, where or who, or show it: never counted by value, and removed
 * from every read above its owner unless shared.
 */
export const isText = (spec: Pick<FieldSpec, 'type'>): boolean => TOLD_IN_WORDS[spec.type]
