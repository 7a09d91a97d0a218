import type { PhoneState } from '../data/store.ts'

/**
 * Where the last word on an account for an objective stands: `phone`: waits here for the network; `aside`: kept whole, and
 * not taken; null: the server has it, or there is none.
 */
export function refusalStanding(
  { outbox }: Pick<PhoneState, 'outbox'>,
  objectiveId: string,
  accountId: string,
): 'phone' | 'aside' | null {
  const last = outbox.findLast(
    ({ operation: { kind, body } }) =>
      kind === 'objective.refuse' && body.objectiveId === objectiveId && body.accountId === accountId,
  )
  return last === undefined || last.state === 'accepted' ? null : last.state
}
