import type { ReachedReturn, ReturnDeed } from '../analytics/fact.ts'
import { captureInstant, heldWhereAsked } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/** A phone says when it was; what it says to be older than this happened on the day it arrives. */
export const RETURN_DAYS = 31
const DAY_MS = 86_400_000

/** Acting on a return is opening it, whatever else the phone noted. */
const DEEDS: Readonly<Record<ReturnDeed, readonly ReturnDeed[]>> = {
  shown: ['shown'],
  opened: ['opened'],
  acted: ['opened', 'acted'],
}

/** Notes what became of a return, on one day of the last month: the fold counts it once that day. OP_FIELD_UNKNOWN. */
export function planGivebackRecord(
  context: PushContext,
  draft: Draft,
  operation: Of<'giveback.record'>,
  now: string,
): Applied | Refusal {
  const { fieldId, kind, used, done = used ? 'opened' : 'shown', about = null } = operation.body
  if (!context.definitions.some(({ id }) => id === fieldId))
    return refuse('OP_FIELD_UNKNOWN', 'body', 'fieldId')
  const at = captureInstant(operation, now)
  const day = context.localDay(Date.parse(now) - Date.parse(at) > RETURN_DAYS * DAY_MS ? now : at)
  for (const deed of DEEDS[done]) {
    const reached: ReachedReturn = { fieldId, kind, about, day, done: deed }
    draft.returns.push(reached)
  }
  return applied(1)
}

/**
 * Keeps what the author thinks of a kind of return of a question that he is asked: one opinion, the last to arrive; null
 * takes it back. OP_FIELD_UNKNOWN, OP_FORBIDDEN.
 */
export function planGivebackJudge(
  context: PushContext,
  draft: Draft,
  operation: Of<'giveback.judge'>,
  now: string,
): Applied | Refusal {
  const { fieldId, kind, useful } = operation.body
  const question = context.definitions.find(({ id }) => id === fieldId)
  if (!question) return refuse('OP_FIELD_UNKNOWN', 'body', 'fieldId')
  const at = captureInstant(operation, now)
  const capture = { at, day: context.localDay(at), territoryIds: [] }
  if (!heldWhereAsked(context, 'giveback.read', question.territoryId, capture))
    return refuse('OP_FORBIDDEN', 'body', 'fieldId')
  draft.returnOpinions.set(`${fieldId}/${kind}`, { fieldId, kind, useful, at: now })
  return applied(1)
}

/** The same of an insight; one that is shown no more is judged by nobody. */
export function planInsightJudge(draft: Draft, operation: Of<'insight.judge'>, now: string): Applied {
  const { key, useful } = operation.body
  draft.insightOpinions.set(key, { key, useful, at: now })
  return applied(1)
}
