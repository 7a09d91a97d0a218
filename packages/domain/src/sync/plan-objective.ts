import { captureInstant, heldAtCapture, heldWhereAsked } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type ObjectiveRefuse = Extract<Operation, { kind: 'objective.refuse' }>

/**
 * Keeps that the author does not take an account on for an objective that is asked of him, with his word: one an account,
 * the last to arrive; null takes it back. OP_TARGET_UNKNOWN, OP_FORBIDDEN where it is not asked of him.
 */
export function planObjectiveRefuse(
  context: PushContext,
  draft: Draft,
  operation: ObjectiveRefuse,
  now: string,
): Applied | Refusal {
  const { objectiveId, accountId, word } = operation.body
  const objective = context.objectives.get(objectiveId)
  if (!objective) return refuse('OP_TARGET_UNKNOWN', 'body', 'objectiveId')
  const account = draft.accounts.get(accountId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'body', 'accountId')
  const at = captureInstant(operation, now)
  const capture = { at, day: context.localDay(at), territoryIds: [account.territoryId] }
  const asked = heldWhereAsked(context, 'report.create', objective.territoryId, capture)
  if (!asked || !heldAtCapture(context, 'report.create', capture))
    return refuse('OP_FORBIDDEN', 'body', 'accountId')
  draft.refusals.set(`${objectiveId}/${accountId}`, { objectiveId, accountId, word, at: now })
  return applied(1)
}
