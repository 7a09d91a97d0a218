import { captureAt, heldAtCapture } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/**
 * Keeps what a rep wants to pass on of an account that he held when he wrote it, or that left him of late: one text, the
 * last to arrive. OP_TARGET_UNKNOWN, OP_FORBIDDEN.
 */
export function planHandoverNote(
  context: PushContext,
  draft: Draft,
  operation: Of<'handover.note'>,
  now: string,
): Applied | Refusal {
  const { accountId, text } = operation.body
  const capture = heldCapture(context, draft, operation, now)
  if ('refused' in capture && !context.leftOfLate.has(accountId)) return capture
  draft.handoverNotes.set(accountId, { accountId, text: text === '' ? null : text, at: now })
  return applied(1)
}

/** Puts the brief of an account away, from the day it was done on. OP_TARGET_UNKNOWN, OP_FORBIDDEN. */
export function planHandoverDismiss(
  context: PushContext,
  draft: Draft,
  operation: Of<'handover.dismiss'>,
  now: string,
): Applied | Refusal {
  const { accountId } = operation.body
  const capture = heldCapture(context, draft, operation, now)
  if ('refused' in capture) return capture
  draft.dismissals.set(accountId, { accountId, day: capture.day })
  return applied(1)
}

function heldCapture(
  context: PushContext,
  draft: Draft,
  operation: Of<'handover.note' | 'handover.dismiss'>,
  now: string,
) {
  const account = draft.accounts.get(operation.body.accountId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'body', 'accountId')
  const capture = captureAt(context, operation, { account, now })
  return heldAtCapture(context, 'report.create', capture)
    ? capture
    : refuse('OP_FORBIDDEN', 'body', 'accountId')
}
