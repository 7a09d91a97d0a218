import { type Answers, isEmpty } from '../field/answer.ts'
import { readAs } from '../field/read-as.ts'
import type { EffectiveField } from '../field/resolve.ts'

/** Ids of the required questions a report leaves empty; it is kept all the same, marked "to complete". */
export const missingFields = (asked: readonly EffectiveField[], answers: Answers): string[] =>
  asked.filter((field) => field.spec.required && isEmpty(readAs(field, answers)?.x)).map((field) => field.id)
