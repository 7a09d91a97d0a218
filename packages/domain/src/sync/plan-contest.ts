import { captureInstant, heldWhereAsked } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { ContestState, PushContext } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/**
 * Contests a question that the author was asked. One of a person, question and version waits at a time: a second one,
 * from another phone, takes the place of the first. OP_EXISTS, OP_FIELD_UNKNOWN, OP_FORBIDDEN.
 */
export function planContestOpen(
  context: PushContext,
  draft: Draft,
  operation: Of<'contest.open'>,
  now: string,
): Applied | Refusal {
  const { fieldId, version, reason, word, openly } = operation.body
  if (draft.contests.has(operation.entityId)) return refuse('OP_EXISTS', 'entityId')
  const question = context.versions.get(`${fieldId}:${version}`)
  if (!question) return refuse('OP_FIELD_UNKNOWN', 'body', 'fieldId')
  const at = captureInstant(operation, now)
  const capture = { at, day: context.localDay(at), territoryIds: [] }
  if (!heldWhereAsked(context, 'report.create', question.territoryId, capture))
    return refuse('OP_FORBIDDEN', 'body', 'fieldId')
  for (const other of draft.contests.values())
    if (
      other.fieldId === fieldId &&
      other.fieldVersion === version &&
      other.membershipId === context.membershipId &&
      isOpen(other)
    )
      draft.contests.set(other.id, takenBack(other, now))
  draft.contests.set(operation.entityId, {
    id: operation.entityId,
    fieldId,
    fieldVersion: version,
    membershipId: context.membershipId,
    reason,
    word: word || null,
    openly,
    openedAt: now,
    withdrawnAt: null,
    answered: false,
    version: 1,
  })
  return applied(1)
}

/** Takes a contest of the author's own back; one that was answered meanwhile stays answered. */
export function planContestWithdraw(
  context: PushContext,
  draft: Draft,
  operation: Of<'contest.withdraw'>,
  now: string,
): Applied | Refusal {
  const current = draft.contests.get(operation.entityId)
  if (!current) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  if (current.membershipId !== context.membershipId) return refuse('OP_FORBIDDEN', 'entityId')
  if (!isOpen(current)) return applied(current.version)
  const next = takenBack(current, now)
  draft.contests.set(next.id, next)
  return applied(next.version)
}

const isOpen = ({ withdrawnAt, answered }: ContestState): boolean => withdrawnAt === null && !answered

const takenBack = (contest: ContestState, now: string): ContestState => ({
  ...contest,
  withdrawnAt: now,
  version: contest.version + 1,
})
