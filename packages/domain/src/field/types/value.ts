import type { FieldSpec } from '../field-spec.ts'

/** Each part as typed, empty where nothing was. */
export type PostalAddress = {
  readonly street: string
  readonly postcode: string
  readonly city: string
  readonly country: string
}

/** Degrees (WGS 84), and metres within which the phone believes to be; null where that is not known. */
export type Position = {
  readonly latitude: number
  readonly longitude: number
  readonly accuracy: number | null
}

/**
 * yes/no: boolean; choice: option id; choices: option ids; numbers, money, ratings: number; duration: minutes;
 * date: YYYY-MM-DD; date and time: YYYY-MM-DDTHH:MM; text, phone, e-mail, web address: string; reference: the id of an
 * account or a contact; photos: their ids, which say when they were taken; null: "I do not know".
 */
export type AnswerValue = boolean | number | string | readonly string[] | PostalAddress | Position | null

export type AnswerFault = 'ANSWER_TYPE' | 'ANSWER_OPTION' | 'ANSWER_RANGE' | 'ANSWER_TOO_LONG'

/** What is wrong with a value that somebody gave on a day, where that is known; null when it fits its question. */
export type Check = (
  spec: FieldSpec,
  value: Exclude<AnswerValue, null>,
  day: string | null,
) => AnswerFault | null
