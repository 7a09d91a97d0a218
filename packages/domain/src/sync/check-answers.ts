import { type Answer, type AnswerFault, type Answers, answerFault } from '../field/answer.ts'
import type { FieldDefinition, FieldEntity } from '../field/field-spec.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { QuarantineCode } from './operation.ts'
import type { PushContext } from './state.ts'

export type AnswersRefusal = {
  readonly code: Extract<QuarantineCode, 'OP_FIELD_UNKNOWN' | 'OP_ANSWER_INVALID'>
  readonly path: readonly string[]
  readonly fault?: AnswerFault
}

const versionKey = (fieldId: string, version: number): string => `${fieldId}:${version}`

/**
 * Checks a patch against the versions its values name; null when all fit. A field must be of this entity and lie on
 * the home's path, or on or below it in one of the author's own branches: an account may have moved since capture.
 */
export function refuseAnswers(
  context: PushContext,
  entity: FieldEntity,
  home: Path,
  patch: Readonly<Record<string, Answer | null>>,
): AnswersRefusal | null {
  for (const [fieldId, answer] of Object.entries(patch)) {
    if (answer === null) continue
    const definition = context.versions.get(versionKey(fieldId, answer.v))
    if (definition?.entity !== entity || !reaches(context, definition, home)) {
      return { code: 'OP_FIELD_UNKNOWN', path: ['values', fieldId] }
    }
    const fault = answerFault(definition.spec, answer.x)
    if (fault) return { code: 'OP_ANSWER_INVALID', path: ['values', fieldId, fault], fault }
  }
  return null
}

function reaches(context: PushContext, definition: FieldDefinition, home: Path): boolean {
  const owner = context.territories.get(definition.territoryId)
  if (!owner) return false
  return (
    isWithin(owner.path, home) ||
    context.assignments.some((held) => isWithin(owner.path, held.path) || isWithin(held.path, owner.path))
  )
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
