import { normaliseEmail } from '../account/normalise.ts'
import { patchAnswers, refuseAnswers } from './check-answers.ts'
import {
  type Applied,
  applied,
  captureInstant,
  type Draft,
  heldAtCapture,
  homePath,
  type Refusal,
  recordChange,
  refuse,
} from './draft.ts'
import { keyedChange, mergesOf } from './merge.ts'
import type { Operation } from './operation.ts'
import type { AccountState, PushContext } from './state.ts'
import { stockChange } from './stock-change.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** Creates a prospect or client in a territory of the author's branch. */
export function planAccountCreate(
  context: PushContext,
  draft: Draft,
  operation: Of<'account.create'>,
  now: string,
): Applied | Refusal {
  const { body } = operation
  if (draft.accounts.has(operation.entityId)) return refuse('OP_EXISTS', 'entityId')
  const territory = context.territories.get(body.territoryId)
  if (!territory) return refuse('OP_TARGET_UNKNOWN', 'body', 'territoryId')
  const day = context.localDay(captureInstant(operation, now))
  if (!heldAtCapture(context, 'account.write', territory.path, day))
    return refuse('OP_FORBIDDEN', 'body', 'territoryId')
  const fault = refuseAnswers(context, 'account', territory.path, body.values)
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const account: AccountState = {
    id: operation.entityId,
    territoryId: body.territoryId,
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
  recordChange(draft, context, operation, { entity: 'account', version: 1, before: {}, after: { ...body } })
  return applied(1)
}

/** A new prospect is due again after two months until a manager says otherwise. */
const NEW_ACCOUNT_VISIT_DAYS = 60

/** Normalised phone and e-mail beside what was typed. */
export function reachable(
  context: PushContext,
  typed: { phone?: string | null | undefined; email?: string | null | undefined },
) {
  const phoneRaw = typed.phone || null
  const emailRaw = typed.email || null
  return {
    phone: phoneRaw === null ? null : context.phone(phoneRaw),
    phoneRaw,
    email: emailRaw === null ? null : normaliseEmail(emailRaw),
    emailRaw,
  }
}

/** Only what the patch names is touched, so that a corrected e-mail never rewrites the phone. */
export function reachablePatch(
  context: PushContext,
  typed: { phone?: string | null | undefined; email?: string | null | undefined },
) {
  const { phone, phoneRaw, email, emailRaw } = reachable(context, typed)
  return {
    ...(typed.phone === undefined ? {} : { phone, phoneRaw }),
    ...(typed.email === undefined ? {} : { email, emailRaw }),
  }
}

/** Corrects an account by field; a field that somebody else changed meanwhile is merged and told. */
export function planAccountUpdate(
  context: PushContext,
  draft: Draft,
  operation: Of<'account.update'>,
  now: string,
): Applied | Refusal {
  const account = draft.accounts.get(operation.entityId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  const home = homePath(context, account)
  const day = context.localDay(captureInstant(operation, now))
  if (!heldAtCapture(context, 'account.write', home, day)) return refuse('OP_FORBIDDEN', 'entityId')
  const { values, phone, email, ...plain } = operation.body
  const fault = refuseAnswers(context, 'account', home, values ?? {})
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const patch = { ...definedOnly(plain), ...reachablePatch(context, { phone, email }) }
  const change = keyedChange(account, { ...patch, ...(values ? { values } : {}) })
  if (Object.keys(change.after).length === 0) return applied(account.version)
  const next: AccountState = {
    ...account,
    ...patch,
    values: values ? patchAnswers(account.values, values) : account.values,
    version: account.version + 1,
  }
  draft.accounts.set(next.id, next)
  draft.facts.push(...stockChange(context, next.territoryId, account.values, next.values))
  recordChange(draft, context, operation, { entity: 'account', version: next.version, ...change })
  return applied(next.version, mergesOf(operation.base, context.later.get(next.id) ?? [], change))
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Drops keys that a patch does not name. */
export const definedOnly = <T extends object>(patch: T): Defined<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>
