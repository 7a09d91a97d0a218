import type { FieldSpec, FieldType } from './field-spec.ts'
import { choiceFault, choicesFault, itemsFault, yesNoFault } from './types/choice.ts'
import { dateFault, momentFault } from './types/moment.ts'
import { decimalFault, durationFault, integerFault, ratingFault } from './types/number.ts'
import { photosFault } from './types/photo.ts'
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

// Apart from answer.ts: the phone, which leaves answers to be judged by the server, does not fetch what judges them.
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
  list_reference: itemsFault,
  photo: photosFault,
  // What a phone computed; the server's own figure takes its place.
  computed: decimalFault,
}

/**
 * Checks one value against the version it names; null when it fits. Retired options fit: an old phone may still send
 * them. Bounds are part of the question, so a number or a day outside them is a fault; a missing answer never is.
 * `day`: of the visit; without it, bounds that hang on it hold back nothing.
 */
export const answerFault = (
  spec: FieldSpec,
  value: AnswerValue,
  day: string | null = null,
): AnswerFault | null => (value === null ? null : FAULTS[spec.type](spec, value, day))
