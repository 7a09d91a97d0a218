import { addDeltas, findLines, takeFacts } from '@fieldback/db/analytics/fold.repo'
import type { Db } from '@fieldback/db/client'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { foldFacts } from '@fieldback/domain/analytics/fold'

/** Facts of one transaction: about a tenth of a second, so that the horizon of pulls and other folds never wait long. */
const FACTS_A_FOLD = 250

export type FoldDeps = { readonly db: Db }

/** `done` is false when it was asked to stop before the outbox was empty. */
export type Folded = { readonly facts: number; readonly done: boolean }

/**
 * Folds an organisation's waiting facts into its roll-ups, a bounded transaction at a time, until none is left. Facts
 * leave the outbox in the transaction that counts them, so a crash loses and doubles nothing, and two folds at once
 * share the work. `stop` ends it between two transactions.
 */
export async function fold({ db }: FoldDeps, orgId: string, stop?: AbortSignal): Promise<Folded> {
  let facts = 0
  for (;;) {
    if (stop?.aborted) return { facts, done: false }
    const count = await inOrgSql(db, orgId, (tx) => foldOnce(tx, orgId))
    facts += count
    if (count < FACTS_A_FOLD) return { facts, done: true }
  }
}

/** One batch inside the caller's transaction; answers how many facts it held. */
export async function foldOnce(tx: OrgSql, orgId: string): Promise<number> {
  const facts = await takeFacts(tx, orgId, FACTS_A_FOLD)
  if (facts.length === 0) return 0
  await lockTree(tx, orgId, 'keep')
  const lines = await findLines(tx, orgId, [...new Set(facts.flatMap(placesOf))])
  await addDeltas(
    tx,
    orgId,
    foldFacts(facts, (territoryId) => lines.get(territoryId) ?? []),
  )
  return facts.length
}

function placesOf(fact: RollupFact): string[] {
  if (fact.of === 'ledger') return []
  return fact.of === 'stock' ? [fact.territory] : [fact.thenAt, fact.todayAt].filter((id) => id !== null)
}
