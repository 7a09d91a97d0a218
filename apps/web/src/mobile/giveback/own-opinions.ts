import type { Opinions } from '@fieldback/domain/giveback/opinion'
import type { PhoneState } from '../data/store.ts'

/**
 * What the reader thinks of what comes back: what the server sent, with what was said here on top. What it took since its
 * last page stays on top until the next one, as contests do.
 */
export function ownOpinions({
  opinions,
  outbox,
  pulledAt,
}: Pick<PhoneState, 'opinions' | 'outbox' | 'pulledAt'>): Opinions {
  const returns = new Map(opinions.returns.map((one) => [`${one.fieldId}/${one.kind}`, one]))
  const insights = new Map(opinions.insights.map((one) => [one.key, one]))
  for (const { operation, state, savedAt, answeredAt } of outbox) {
    if (state === 'aside' || (state === 'accepted' && (answeredAt ?? '') <= (pulledAt ?? ''))) continue
    const day = savedAt.slice(0, 10)
    if (operation.kind === 'giveback.judge') {
      const { fieldId, kind, useful } = operation.body
      const key = `${fieldId}/${kind}`
      if (useful === null) returns.delete(key)
      else returns.set(key, { fieldId, kind, useful, day })
    } else if (operation.kind === 'insight.judge') {
      const { key, useful } = operation.body
      if (useful === null) insights.delete(key)
      else insights.set(key, { key, useful, day })
    }
  }
  return { returns: [...returns.values()], insights: [...insights.values()] }
}
