import type { FieldSpec, FieldType } from './field-spec.ts'
import { choiceFault, choicesFault, yesNoFault } from './types/choice.ts'
import { dateFault, momentFault } from './types/moment.ts'
import { decimalFault, durationFault, integerFault, ratingFault } from './types/number.ts'
import { addressFault, positionFault } from './types/place.ts'
import { referenceFault } from './types/reference.ts'
import {
  EMAIL_MAX,
  LONG_TEXT_MAX,
  PHONE_MAX,
  SHORT_TEXT_MAX,
  textFault,
  WEB_ADDRESS_MAX,
} from './types/text.ts'
import type { AnswerFault, AnswerValue, Check } from './types/value.ts'

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

// Nothing is called here: where no answer is checked, none of this is fetched.
const FAULTS: Readonly<Record<FieldType, Check>> = {
  yes_no: yesNoFault,
  single_choice: choiceFault,
  multiple_choice: choicesFault,
  integer: integerFault,
  decimal: decimalFault,
  money: decimalFault,
  duration: durationFault,
  rating: ratingFault,
  date: dateFault,
  date_time: momentFault,
  short_text: (_, value) => textFault(value, SHORT_TEXT_MAX),
  long_text: (_, value) => textFault(value, LONG_TEXT_MAX),
  phone: (_, value) => textFault(value, PHONE_MAX),
  email: (_, value) => textFault(value, EMAIL_MAX),
  web_address: (_, value) => textFault(value, WEB_ADDRESS_MAX),
  postal_address: addressFault,
  position: positionFault,
  account_reference: referenceFault,
  contact_reference: referenceFault,
  // What a phone computed; the server's own figure takes its place.
  computed: decimalFault,
}

/**
 * Checks one value against the version it names; null when it fits. Retired options fit: an old phone may still send
 * them. Bounds are part of the question, so a number outside them is a fault; a missing answer never is.
 */
export const answerFault = (spec: FieldSpec, value: AnswerValue): AnswerFault | null =>
  value === null ? null : FAULTS[spec.type](spec, value)

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
  computed: false,
}

/**
 * Whether a field's answers are free text, or say how to reach somebody, where or who: never counted by value, and removed
 * from every read above its owner unless shared.
 */
export const isText = (spec: Pick<FieldSpec, 'type'>): boolean => TOLD_IN_WORDS[spec.type]
