import { addDeltas, findLines, takeFacts } from '@fieldback/db/analytics/fold.repo'
import { addPairs, livePairs } from '@fieldback/db/analytics/pair.repo'
import type { Db } from '@fieldback/db/client'
import { findJudgedMonth, markChanged } from '@fieldback/db/insight/insight.repo'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { foldFacts } from '@fieldback/domain/analytics/fold'
import { foldPair } from '@fieldback/domain/analytics/fold-pairs'
import { movedIn } from '@fieldback/domain/insight/moved'

/**
 * Facts of one transaction: the more come together the fewer cells each of them writes, a quarter at a thousand reports of
 * what it is at a hundred. It takes a fifth of a second; the bytes bound it where reports have many answers, so that the
 * horizon of pulls and other folds never wait long.
 */
const A_FOLD = { facts: 2_000, bytes: 2_000_000 }

/** A fold that took longer would be tried again for ever: on a slow machine it gets its time. */
const TIMEOUT_MS = 10_000

export type FoldDeps = { readonly db: Db }

/** `done` is false when it was asked to stop before the outbox was empty. */
export type Folded = { readonly facts: number; readonly done: boolean }

/**
 * Folds an organisation's waiting facts into its roll-ups, a bounded transaction at a time, until all that waited is. Facts
 * leave the outbox in the transaction that counts them, so a crash loses and doubles nothing, and two folds at once
 * share the work. `stop` ends it between two transactions.
 */
export async function fold({ db }: FoldDeps, orgId: string, stop?: AbortSignal): Promise<Folded> {
  let facts = 0
  for (;;) {
    if (stop?.aborted) return { facts, done: false }
    const folded = await inOrgSql(db, orgId, (tx) => foldOnce(tx, orgId), { timeout: TIMEOUT_MS })
    facts += folded.facts
    if (!folded.more) return { facts, done: true }
  }
}

/** One batch inside the caller's transaction; answers how many facts it held, and whether others waited that it left. */
export async function foldOnce(
  tx: OrgSql,
  orgId: string,
): Promise<{ readonly facts: number; readonly more: boolean }> {
  const { facts: taken, more } = await takeFacts(tx, orgId, A_FOLD)
  if (taken.length === 0) return { facts: 0, more }
  const facts = taken.map(({ fact }) => fact)
  await lockTree(tx, orgId, 'keep')
  const lines = await findLines(tx, orgId, [...new Set(facts.flatMap(placesOf))])
  const above = (territoryId: string) => lines.get(territoryId) ?? []
  const deltas = foldFacts(facts, above)
  await addDeltas(tx, orgId, deltas)
  const reports = taken.flatMap(({ id, fact }) => (fact.of === 'report' ? [{ id, fact }] : []))
  // Read after the facts: whoever wrote one for a pair had waited for the pair to be there.
  const pairs = reports.length > 0 ? await livePairs(tx, orgId) : []
  const added = pairs.flatMap((pair) =>
    foldPair(
      reports.flatMap(({ id, fact }) => (id > pair.since ? [fact] : [])),
      pair,
      above,
    ),
  )
  await addPairs(tx, orgId, added)
  const judged = await findJudgedMonth(tx, orgId)
  const moved = judged === null ? [] : movedIn(deltas, judged)
  if (moved.length > 0) await markChanged(tx, orgId, moved)
  return { facts: facts.length, more }
}

function placesOf(fact: RollupFact): string[] {
  if (fact.of === 'ledger' || fact.of === 'returns') return []
  return fact.of === 'stock' ? [fact.territory] : [fact.thenAt, fact.todayAt].filter((id) => id !== null)
}
