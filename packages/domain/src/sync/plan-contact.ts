import { captureAt, heldAtCapture } from './capture.ts'
import { refuseAnswers } from './check-answers.ts'
import { correctRecord, reachable } from './correct-record.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { ContactState, PushContext } from './state.ts'
import { stockChange } from './stock-change.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Adds a person to an account of the author's branch. */
export function planContactCreate(
  context: PushContext,
  draft: Draft,
  operation: Of<'contact.create'>,
  now: string,
): Applied | Refusal {
  const { body } = operation
  if (draft.contacts.has(operation.entityId)) return refuse('OP_EXISTS', 'entityId')
  const account = draft.accounts.get(body.accountId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'body', 'accountId')
  const capture = captureAt(context, operation, { account, now })
  if (!heldAtCapture(context, 'account.write', capture)) return refuse('OP_FORBIDDEN', 'body', 'accountId')
  const fault = refuseAnswers(context, 'contact', capture, body.values)
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const contact: ContactState = {
    id: operation.entityId,
    accountId: body.accountId,
    firstName: body.firstName,
    lastName: body.lastName,
    jobTitle: body.jobTitle,
    ...reachable(context, body),
    optedOut: false,
    values: body.values,
    version: 1,
  }
  draft.contacts.set(contact.id, contact)
  draft.facts.push(...stockChange(context, account, {}, contact.values))
  recordChange(draft, context, operation, { entity: 'contact', version: 1, before: {}, after: { ...body } })
  return applied(1)
}

/** Corrects a contact by field, its answers included ("Parle basque" asked inside a report lands here). */
export function planContactUpdate(
  context: PushContext,
  draft: Draft,
  operation: Of<'contact.update'>,
  now: string,
): Applied | Refusal {
  const contact = draft.contacts.get(operation.entityId)
  const account = contact && draft.accounts.get(contact.accountId)
  if (!contact || !account) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  const keep = (next: ContactState) => draft.contacts.set(next.id, next)
  return correctRecord(context, draft, operation, { now, account, row: contact, keep })
}
