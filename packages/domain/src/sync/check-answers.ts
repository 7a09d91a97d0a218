import type { Answer, AnswerFault, Answers } from '../field/answer.ts'
import { answerFault } from '../field/answer-fault.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import { askedAtCapture, type Capture } from './capture.ts'
import type { QuarantineCode } from './operation.ts'
import type { PushContext } from './state.ts'

export type AnswersRefusal = {
  readonly code: Extract<QuarantineCode, 'OP_FIELD_UNKNOWN' | 'OP_ANSWER_INVALID'>
  readonly path: readonly string[]
  readonly fault?: AnswerFault
}

const versionKey = (fieldId: string, version: number): string => `${fieldId}:${version}`

/**
 * Checks a patch against the versions its values name; null when all fit. A field must be of this entity and asked where
 * the work was captured, or in one of the author's own branches. `day`: of the visit; an answer of a card bears its own.
 */
export function refuseAnswers(
  context: PushContext,
  entity: FieldEntity,
  capture: Capture,
  patch: Readonly<Record<string, Answer | null>>,
  day: string = capture.day,
): AnswersRefusal | null {
  const isAsked = askedAtCapture(context, capture)
  for (const [fieldId, answer] of Object.entries(patch)) {
    if (answer === null) continue
    const definition = context.versions.get(versionKey(fieldId, answer.v))
    if (definition?.entity !== entity || !isAsked(definition.territoryId)) {
      return { code: 'OP_FIELD_UNKNOWN', path: ['values', fieldId] }
    }
    const fault = answerFault(definition.spec, answer.x, answer.d ?? day)
    if (fault) return { code: 'OP_ANSWER_INVALID', path: ['values', fieldId, fault], fault }
  }
  return null
}

/** Applies a patch: null takes an answer away, other answers are kept untouched. */
export function patchAnswers(values: Answers, patch: Readonly<Record<string, Answer | null>>): Answers {
  const next: Record<string, Answer> = { ...values }
  for (const [fieldId, answer] of Object.entries(patch)) {
    if (answer === null) delete next[fieldId]
    else next[fieldId] = answer
  }
  return next
}
