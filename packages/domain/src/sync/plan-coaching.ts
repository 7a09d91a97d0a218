import { COACHING_ANSWERS_MAX, furtherMark } from '../coaching/note.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type CoachingAnswer = Extract<Operation, { kind: 'coaching.answer' }>

/**
 * What a rep makes of a note that was written to him: read or done, and his answer, which joins those he gave before.
 * One that was taken back meanwhile takes it too: nothing that he typed is lost. OP_TARGET_UNKNOWN, OP_FORBIDDEN,
 * OP_ANSWER_INVALID once he has answered very often.
 */
export function planCoachingAnswer(
  context: PushContext,
  draft: Draft,
  { entityId, body: { text, mark } }: CoachingAnswer,
  now: string,
): Applied | Refusal {
  const note = draft.notes.get(entityId)
  if (!note) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  if (note.memberId !== context.membershipId) return refuse('OP_FORBIDDEN', 'entityId')
  if (text && note.answers.length >= COACHING_ANSWERS_MAX) return refuse('OP_ANSWER_INVALID', 'body', 'text')
  const next = {
    ...note,
    mark: furtherMark(note.mark, mark),
    answers: text ? [...note.answers, { text, at: now }] : note.answers,
    changedAt: now,
    version: note.version + 1,
  }
  draft.notes.set(next.id, next)
  return applied(next.version)
}
