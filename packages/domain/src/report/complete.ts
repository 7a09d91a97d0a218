import { type Answers, isEmpty } from '../field/answer.ts'
import { type FormState, isRequired } from '../field/form-state.ts'
import { readAs } from '../field/read-as.ts'
import type { EffectiveField } from '../field/resolve.ts'

/**
 * Ids of the required questions a report leaves empty; it is kept all the same, marked "to complete". What its conditions
 * hide is not asked for.
 */
export const missingFields = (
  asked: readonly EffectiveField[],
  answers: Answers,
  state: FormState,
): string[] =>
  asked
    .filter((field) => isRequired(state, field) && isEmpty(readAs(field, answers)?.x))
    .map((field) => field.id)
