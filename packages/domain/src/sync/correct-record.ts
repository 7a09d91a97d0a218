import { normaliseEmail } from '../account/normalise.ts'
import { captureAt, heldAtCapture } from './capture.ts'
import { patchAnswers, refuseAnswers } from './check-answers.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import { joinSeen } from './join-seen.ts'
import { meetingOf } from './meeting.ts'
import { keyedChange, mergesOf } from './merge.ts'
import type { Operation } from './operation.ts'
import type { AccountState, ContactState, PushContext } from './state.ts'
import { stockChange } from './stock-change.ts'

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

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Drops keys that a patch does not name. */
export const definedOnly = <T extends object>(patch: T): Defined<T> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Defined<T>

type Correction = Extract<Operation, { kind: 'account.update' | 'contact.update' }>
type Corrected<Row> = {
  readonly now: string
  /** The account itself, or the one the contact belongs to: its home gives the rights and counts the answers. */
  readonly account: AccountState
  readonly row: Row
  readonly keep: (next: Row) => void
}

/** Corrects an account or a contact by field; what somebody else changed meanwhile is merged and told. */
export function correctRecord<Row extends AccountState | ContactState>(
  context: PushContext,
  draft: Draft,
  operation: Correction,
  { now, account, row, keep }: Corrected<Row>,
): Applied | Refusal {
  const entity = operation.kind === 'account.update' ? 'account' : 'contact'
  const capture = captureAt(context, operation, { account, now })
  if (!heldAtCapture(context, 'account.write', capture)) return refuse('OP_FORBIDDEN', 'entityId')
  const { values: typed, phone, email, seen, ...plain } = operation.body
  const fault = refuseAnswers(context, entity, capture, typed ?? {})
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const { values, joined } = joinSeen(context, { values: typed, seen }, { ...row, day: capture.day })
  const patch = { ...definedOnly(plain), ...reachablePatch(context, { phone, email }) }
  const change = keyedChange(row, { ...patch, ...(values ? { values } : {}) })
  if (Object.keys(change.after).length === 0) return applied(row.version)
  const next: Row = {
    ...row,
    ...patch,
    values: values ? patchAnswers(row.values, values) : row.values,
    version: row.version + 1,
  }
  keep(next)
  draft.facts.push(...stockChange(context, account, row.values, next.values))
  const meeting = meetingOf(context, draft, { operation, now, joined })
  recordChange(draft, context, operation, { entity, version: next.version, ...change })
  return applied(next.version, mergesOf(meeting, change))
}
