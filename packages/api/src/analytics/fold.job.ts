import { addDeltas, findLines, takeFacts } from '@fieldback/db/analytics/fold.repo'
import { addPairs, livePairs } from '@fieldback/db/analytics/pair.repo'
import type { Db } from '@fieldback/db/client'
import { findJudgedMonth, markChanged } from '@fieldback/db/insight/insight.repo'
import type { OrgSql } from '@fieldback/db/org-sql'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { foldFacts, type RollupDeltas } from '@fieldback/domain/analytics/fold'
import { foldPair, type PairDelta } from '@fieldback/domain/analytics/fold-pairs'
import { movedIn } from '@fieldback/domain/insight/moved'
import type { LineOf } from '@fieldback/domain/territory/path-then'
import { alongTree, keepCountedTree } from './counted-tree.ts'

/**
 * Facts of one transaction: the more come together the fewer cells each of them writes, a quarter at a thousand reports of
 * what it is at a hundred. It takes a second where each has its own home; the bytes bound it where reports have many answers, so that the
 * horizon of pulls and other folds never wait long.
 */
const A_FOLD = { facts: 4_000, bytes: 8_000_000 }

/** A fold that took longer would be tried again for ever: on a slow machine it gets its time. */
const TIMEOUT_MS = 30_000

export type FoldDeps = { readonly db: Db }

/** `done` is false when it was asked to stop before the outbox was empty. */
export type Folded = { readonly facts: number; readonly done: boolean }

/**
 * Folds an organisation's waiting facts into its roll-ups, a bounded transaction at a time, until all that waited is, and figures of
 * branches that moved before them. Facts
 * leave the outbox in the transaction that counts them, so a crash loses and doubles nothing, and two folds at once
 * share the work: where much waits one adds up while the other is written. `stop` ends it between two transactions.
 */
export async function fold(deps: FoldDeps, orgId: string, stop?: AbortSignal): Promise<Folded> {
  const first = await alongTree(deps.db, orgId, (tx) => foldOnce(tx, orgId), { timeout: TIMEOUT_MS })
  if (!first.more) return { facts: first.facts, done: true }
  const hands = await Promise.all([foldRest(deps, orgId, stop), foldRest(deps, orgId, stop)])
  return {
    facts: hands.reduce((sum, { facts }) => sum + facts, first.facts),
    done: hands.every(({ done }) => done),
  }
}

async function foldRest({ db }: FoldDeps, orgId: string, stop?: AbortSignal): Promise<Folded> {
  let facts = 0
  for (;;) {
    if (stop?.aborted) return { facts, done: false }
    const folded = await alongTree(db, orgId, (tx) => foldOnce(tx, orgId), { timeout: TIMEOUT_MS })
    facts += folded.facts
    if (!folded.more) return { facts, done: true }
  }
}

/** One batch inside the caller's transaction, to be run by `alongTree`; answers how many facts it held, and whether others waited that it left. */
export async function foldOnce(
  tx: OrgSql,
  orgId: string,
): Promise<{ readonly facts: number; readonly more: boolean }> {
  await keepCountedTree(tx, orgId)
  const { facts: taken, more } = await takeFacts(tx, orgId, A_FOLD)
  if (taken.length === 0) return { facts: 0, more }
  const facts = taken.map(({ fact }) => fact)
  const lineOf = await linesOf(tx, orgId, facts)
  await addCounted(tx, orgId, foldFacts(facts, lineOf))
  await addPairs(tx, orgId, await foldPairs(tx, orgId, { taken, lineOf }))
  return { facts: facts.length, more }
}

type Taken = Awaited<ReturnType<typeof takeFacts>>['facts']

/** What reports add to the pairs of questions that are counted. */
async function foldPairs(
  tx: OrgSql,
  orgId: string,
  { taken, lineOf }: { readonly taken: Taken; readonly lineOf: LineOf },
): Promise<PairDelta[]> {
  const reports = taken.flatMap(({ id, fact }) => (fact.of === 'report' ? [{ id, fact }] : []))
  // Read after the facts: whoever wrote one for a pair had waited for the pair to be there.
  const pairs = reports.length > 0 ? await livePairs(tx, orgId) : []
  return pairs.flatMap((pair) =>
    foldPair(
      reports.flatMap(({ id, fact }) => (id > pair.since ? [fact] : [])),
      pair,
      lineOf,
    ),
  )
}

/** The lines along which facts count: of the day of each, and of the tree as it is read now. */
const linesOf = (tx: OrgSql, orgId: string, facts: readonly RollupFact[]): Promise<LineOf> =>
  findLines(tx, orgId, {
    territoryIds: facts.flatMap(placesOf),
    days: facts.flatMap((fact) => (fact.of === 'report' && fact.thenAt !== null ? [fact.day] : [])),
  })

/** What facts add to the roll-ups, along the lines of the tree as it is read now. */
export const countFacts = async (
  tx: OrgSql,
  orgId: string,
  facts: readonly RollupFact[],
): Promise<RollupDeltas> => foldFacts(facts, await linesOf(tx, orgId, facts))

/** Adds to the roll-ups, and notes which insights were counted from something else. */
export async function addCounted(tx: OrgSql, orgId: string, deltas: RollupDeltas): Promise<void> {
  await addDeltas(tx, orgId, deltas)
  const judged = await findJudgedMonth(tx, orgId)
  const moved = judged === null ? [] : movedIn(deltas, judged)
  if (moved.length > 0) await markChanged(tx, orgId, moved)
}

function placesOf(fact: RollupFact): string[] {
  if (fact.of === 'ledger' || fact.of === 'returns') return []
  return fact.of === 'stock' ? [fact.territory] : [fact.thenAt, fact.todayAt].filter((id) => id !== null)
}
