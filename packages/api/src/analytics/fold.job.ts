import { addDeltas, findLines, takeFacts } from '@fieldback/db/analytics/fold.repo'
import { type Db, inOrg, type OrgTx } from '@fieldback/db/client'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { foldFacts } from '@fieldback/domain/analytics/fold'

/** Facts of one transaction: some 40 ms of work, so that the horizon of pulls and other folds never wait long. */
const FACTS_A_FOLD = 250

export type FoldDeps = { readonly db: Db }

/**
 * Folds an organisation's waiting facts into its roll-ups, a bounded transaction at a time, until none is left; answers
 * how many. Facts leave the outbox in the transaction that counts them, so a crash loses and doubles nothing, and two
 * folds at once share the work.
 */
export async function fold({ db }: FoldDeps, orgId: string): Promise<number> {
  let folded = 0
  for (;;) {
    const count = await inOrg(db, orgId, (tx) => foldOnce(tx, orgId))
    folded += count
    if (count < FACTS_A_FOLD) return folded
  }
}

/** One batch inside the caller's transaction; answers how many facts it held. */
export async function foldOnce(tx: OrgTx, orgId: string): Promise<number> {
  const facts = await takeFacts(tx, orgId, FACTS_A_FOLD)
  if (facts.length === 0) return 0
  const lines = await findLines(tx, orgId, [...new Set(facts.flatMap(placesOf))])
  await addDeltas(
    tx,
    orgId,
    foldFacts(facts, (territoryId) => lines.get(territoryId) ?? []),
  )
  return facts.length
}

const placesOf = (fact: RollupFact): string[] =>
  fact.of === 'stock' ? [fact.territory] : [fact.thenAt, fact.todayAt].filter((id) => id !== null)
