import type { ToldObjective } from '@fieldback/domain/objective/objective'
import type { PhoneState } from '../data/store.ts'

const NONE: readonly ToldObjective[] = []

/**
 * What is asked of the reader's accounts: what the server sent, with what he does not take on here on top. What it took
 * since it sent them stays on top until it sends them again. The same list as long as nothing of it changed.
 */
export function ownObjectives({ pack, outbox, identity }: PhoneState): readonly ToldObjective[] {
  let objectives = pack.objectives ?? NONE
  for (const { operation, state, answeredAt } of outbox) {
    if (operation.kind !== 'objective.refuse' || state === 'aside') continue
    if (state === 'accepted' && (answeredAt ?? '') <= pack.asOf) continue
    const { objectiveId, accountId, word } = operation.body
    objectives = objectives.map((objective) => {
      if (objective.id !== objectiveId) return objective
      const others = objective.refused.filter((one) => one.accountId !== accountId)
      const own = word === null ? [] : [{ accountId, word, by: identity.displayName, own: true }]
      return { ...objective, refused: [...own, ...others] }
    })
  }
  return objectives
}
