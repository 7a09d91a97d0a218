import type { ContestRow } from '@fieldback/domain/sync/pull'
import type { PhoneState } from '../data/store.ts'

export type OwnContest = ContestRow & {
  /** `phone`: waits here for the network; `aside`: kept whole, and not taken. */
  readonly standing: 'phone' | 'accepted' | 'aside'
}

/**
 * What the reader contests: what the server sent, with what was done here on top. What it took since its last page stays
 * on top until the next one, which holds it, or holds what took its place.
 */
export function ownContests({
  contests,
  outbox,
  pulledAt,
}: Pick<PhoneState, 'contests' | 'outbox' | 'pulledAt'>): OwnContest[] {
  const own = new Map<string, OwnContest>(
    contests.mine.map((row) => [row.id, { ...row, standing: 'accepted' }]),
  )
  for (const { operation, state, savedAt, answeredAt } of outbox) {
    const told = state === 'accepted' && (answeredAt ?? '') <= (pulledAt ?? '')
    if (told) continue
    const id = operation.entityId
    if (operation.kind === 'contest.withdraw' && state !== 'aside' && own.get(id)?.answer === null)
      own.delete(id)
    if (operation.kind !== 'contest.open' || own.has(id)) continue
    const { fieldId, version, reason, word, openly } = operation.body
    if (state !== 'aside')
      for (const other of own.values())
        if (other.fieldId === fieldId && other.fieldVersion === version && other.answer === null)
          own.delete(other.id)
    own.set(id, {
      id,
      fieldId,
      fieldVersion: version,
      reason,
      word,
      wordShown: openly && word !== null,
      openedAt: savedAt,
      answer: null,
      standing: state,
    })
  }
  return [...own.values()].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))
}
