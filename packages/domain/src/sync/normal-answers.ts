import type { Answer } from '../field/answer.ts'
import { normalAnswer } from '../field/normal-answer.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

/**
 * An operation with its phones, e-mails and web addresses in their normal form, beside what was typed. Once, before
 * anything is decided: what is kept, compared and told is then the same everywhere. Answers that name no known question
 * stay as they are, to be refused by name.
 */
export function withNormalAnswers(
  context: Pick<PushContext, 'versions' | 'phone'>,
  operation: Operation,
): Operation {
  const { body } = operation
  if (!('values' in body) || !body.values) return operation
  const values = Object.fromEntries(
    Object.entries(body.values).map(([fieldId, answer]): [string, Answer | null] => {
      const spec = answer && context.versions.get(`${fieldId}:${answer.v}`)?.spec
      return [fieldId, spec ? normalAnswer(spec, answer, context.phone) : answer]
    }),
  )
  // The same kind, whose answers are of the same shape.
  return { ...operation, body: { ...body, values } } as Operation
}
