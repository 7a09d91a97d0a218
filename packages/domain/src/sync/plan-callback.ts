import { captureAt, heldAtCapture } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import { keyedChange } from './merge.ts'
import type { Operation } from './operation.ts'
import type { CallbackState, PushContext } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Sets or changes a call-back of the author's own. */
export function planCallbackSet(
  context: PushContext,
  draft: Draft,
  operation: Of<'callback.set'>,
  now: string,
): Applied | Refusal {
  const { body } = operation
  const account = draft.accounts.get(body.accountId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'body', 'accountId')
  if (body.contactId !== null && draft.contacts.get(body.contactId)?.accountId !== account.id) {
    return refuse('OP_TARGET_UNKNOWN', 'body', 'contactId')
  }
  const current = draft.callbacks.get(operation.entityId)
  const capture = captureAt(context, operation, { account, now })
  const mine = current === undefined || current.assigneeId === context.membershipId
  if (!mine || !heldAtCapture(context, 'report.create', capture)) return refuse('OP_FORBIDDEN', 'entityId')
  const next: CallbackState = {
    id: operation.entityId,
    ...body,
    assigneeId: context.membershipId,
    done: false,
    version: (current?.version ?? 0) + 1,
  }
  draft.callbacks.set(next.id, next)
  const change = keyedChange(current ?? {}, { ...body, done: false })
  recordChange(draft, context, operation, { entity: 'callback', version: next.version, ...change })
  return applied(next.version)
}

/** Ticks off a call-back; once is enough. */
export function planCallbackDone(
  context: PushContext,
  draft: Draft,
  operation: Of<'callback.done'>,
): Applied | Refusal {
  const current = draft.callbacks.get(operation.entityId)
  if (!current) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  if (current.assigneeId !== context.membershipId) return refuse('OP_FORBIDDEN', 'entityId')
  if (current.done) return applied(current.version)
  const next = { ...current, done: true, version: current.version + 1 }
  draft.callbacks.set(next.id, next)
  recordChange(draft, context, operation, {
    entity: 'callback',
    version: next.version,
    before: { done: false },
    after: { done: true },
  })
  return applied(next.version)
}
