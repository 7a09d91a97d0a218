import { captureInstant, heldAtCapture, ownTerritory } from './capture.ts'
import { refuseAnswers } from './check-answers.ts'
import { correctRecord, reachable } from './correct-record.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { AccountState, PushContext } from './state.ts'
import { stockChange } from './stock-change.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Creates a prospect or client in a territory of the author's branch: his own where he named none. */
export function planAccountCreate(
  context: PushContext,
  draft: Draft,
  operation: Of<'account.create'>,
  now: string,
): Applied | Refusal {
  const { body } = operation
  if (draft.accounts.has(operation.entityId)) return refuse('OP_EXISTS', 'entityId')
  const at = captureInstant(operation, now)
  const day = context.localDay(at)
  const territoryId = body.territoryId || ownTerritory(context, 'account.write', day) || ''
  if (!context.territories.has(territoryId)) return refuse('OP_TARGET_UNKNOWN', 'body', 'territoryId')
  const capture = { at, day, territoryIds: [territoryId] }
  if (!heldAtCapture(context, 'account.write', capture)) return refuse('OP_FORBIDDEN', 'body', 'territoryId')
  const fault = refuseAnswers(context, 'account', capture, body.values)
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const account: AccountState = {
    id: operation.entityId,
    territoryId,
    kind: body.kind,
    name: body.name,
    activity: body.activity,
    street: body.street,
    postcode: body.postcode,
    city: body.city,
    latitude: body.latitude,
    longitude: body.longitude,
    ...reachable(context, body),
    visitEveryDays: NEW_ACCOUNT_VISIT_DAYS,
    priority: 0,
    priorityReason: null,
    lastVisitDay: null,
    values: body.values,
    version: 1,
  }
  draft.accounts.set(account.id, account)
  draft.facts.push(...stockChange(context, account.territoryId, {}, account.values))
  recordChange(draft, context, operation, {
    entity: 'account',
    version: 1,
    before: {},
    after: { ...body, territoryId },
  })
  return applied(1)
}

/** A new prospect is due again after two months until a manager says otherwise. */
const NEW_ACCOUNT_VISIT_DAYS = 60

/** Corrects an account by field; a field that somebody else changed meanwhile is merged and told. */
export function planAccountUpdate(
  context: PushContext,
  draft: Draft,
  operation: Of<'account.update'>,
  now: string,
): Applied | Refusal {
  const account = draft.accounts.get(operation.entityId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  const keep = (next: AccountState) => draft.accounts.set(next.id, next)
  return correctRecord(context, draft, operation, { now, account, row: account, keep })
}
