import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'

/**
 * One thing done on this phone. `phone`: waits here; `accepted`: the server has it (`version` is what it made of the
 * entity); `aside`: the server keeps it whole but could not apply it. Sent again after a restore, it waits like any other,
 * with the answer it had.
 */
export type OutboxItem = {
  /** Order of typing on this phone; given by the database. */
  readonly place: number
  readonly operation: Operation
  readonly state: 'phone' | 'accepted' | 'aside'
  readonly savedAt: string
  readonly answeredAt: string | null
  readonly answer: OperationAnswer | null
  /**
   * Accepted, and what it changed has left this phone since, or comes with the rows of a server that knew it already: it
   * no longer shows on top of what the server sends.
   */
  readonly left?: true
  /** Accepted, and its row has come back since: opening need not look for it. */
  readonly arrived?: true
  /** Given back by a manager, with a sentence. */
  readonly returned?: { readonly by: string; readonly word: string }
  /** Put aside there, and taken back here: no manager settles it any more. */
  readonly takenBack?: true
  /** Thrown away here: what it was, to be taken back. `operation` then only holds its place. */
  readonly discarded?: Operation
  /** Thrown away too late: the server had it, and it stands. */
  readonly stands?: true
  /** What its report lacks will be asked at the next contact: the person is reminded of it no more. */
  readonly deferred?: true
  /** Fields that somebody else changed too, and of which the person has chosen. */
  readonly settled?: readonly string[]
}

/** What became of a return, what its reader thinks of it, a brief put away: told to the server, and nobody's work. */
export const isNote = ({ kind }: Pick<Operation, 'kind'>): boolean =>
  /^(giveback|insight|handover.d)/.test(kind)

/** What the server finally said, whether it says it for the first time or again. */
export const finalAnswer = (answer: OperationAnswer): OperationAnswer =>
  answer.status === 'duplicate' ? answer.first : answer

export const stateAfter = (answer: OperationAnswer): OutboxItem['state'] => {
  const final = finalAnswer(answer)
  return final.status === 'applied' ? 'accepted' : final.status === 'quarantined' ? 'aside' : 'phone'
}
