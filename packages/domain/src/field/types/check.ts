import type { AnswerFault, AnswerValue } from '../answer.ts'
import type { FieldSpec } from '../field-spec.ts'

/** What is wrong with a value that somebody gave; null when it fits its question. */
export type Check = (spec: FieldSpec, value: Exclude<AnswerValue, null>) => AnswerFault | null
