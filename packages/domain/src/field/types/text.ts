import type { AnswerFault, AnswerValue } from './value.ts'

export const SHORT_TEXT_MAX = 200
export const LONG_TEXT_MAX = 5000
/** What may be typed for a number, an address to write to, an address to open: longer than any that works. */
export const PHONE_MAX = 60
export const EMAIL_MAX = 254
export const WEB_ADDRESS_MAX = 500

/** Whatever was typed is kept, up to a length: what cannot be called or opened is still what somebody said. */
export function textFault(value: AnswerValue, longest: number): AnswerFault | null {
  if (typeof value !== 'string') return 'ANSWER_TYPE'
  return value.length > longest ? 'ANSWER_TOO_LONG' : null
}
