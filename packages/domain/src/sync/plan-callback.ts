import { standsInFor } from '../assignment/replacement.ts'
import { captureAt, captureInstant, heldAtCapture } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import { keyedChange } from './merge.ts'
import type { Operation } from './operation.ts'
import type { CallbackState, PushContext } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Sets or changes a call-back of the author's own, or of somebody he stands in for: it stays that one's. */
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
  const mine = current === undefined || isHis(context, current, capture.day)
  if (!mine || !heldAtCapture(context, 'report.create', capture)) return refuse('OP_FORBIDDEN', 'entityId')
  const next: CallbackState = {
    id: operation.entityId,
    ...body,
    assigneeId: current?.assigneeId ?? context.membershipId,
    formerId: current?.formerId ?? null,
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
  now: string,
): Applied | Refusal {
  const current = draft.callbacks.get(operation.entityId)
  if (!current) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  const day = context.localDay(captureInstant(operation, now))
  if (!isHis(context, current, day)) return refuse('OP_FORBIDDEN', 'entityId')
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

/** Assigned to the author, promised by him before it passed on, or that of somebody he stands in for there, that day. */
const isHis = ({ membershipId, standIns }: PushContext, callback: CallbackState, day: string): boolean =>
  callback.assigneeId === membershipId ||
  callback.formerId === membershipId ||
  standsInFor(standIns, callback, day)
