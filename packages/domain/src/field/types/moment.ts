import type { FieldSpec } from '../field-spec.ts'
import { isWithin } from './day-range.ts'
import type { AnswerFault, Check } from './value.ts'

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

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

/** The day and the clock of YYYY-MM-DDTHH:MM, as a person on the spot reads them: no zone, so no day ever shifts. */
export const dayOfMoment = (moment: string): string => moment.slice(0, 10)
export const clockOfMoment = (moment: string): string => moment.slice(11)

const dayFault = (spec: FieldSpec, day: string, visit: string | null): AnswerFault | null =>
  isWithin(spec, day, visit) ? null : 'ANSWER_RANGE'

export const dateFault: Check = (spec, value, visit) =>
  typeof value === 'string' && isRealDay(value) ? dayFault(spec, value, visit) : 'ANSWER_TYPE'

/** Bounded by its day: at what hour is not asked. */
export const momentFault: Check = (spec, value, visit) =>
  typeof value === 'string' &&
  value.charAt(10) === 'T' &&
  isRealDay(dayOfMoment(value)) &&
  TIME.test(clockOfMoment(value))
    ? dayFault(spec, dayOfMoment(value), visit)
    : 'ANSWER_TYPE'
