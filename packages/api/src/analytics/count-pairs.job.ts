import {
  advancePairs,
  beginSnapshot,
  type CountedPair,
  type FiledSpot,
  filedAt,
  holdCounted,
  removeLeft,
  reportedPlaces,
  startPairs,
} from '@fieldback/db/analytics/count-pairs.repo'
import { findLines } from '@fieldback/db/analytics/fold.repo'
import { addPairs } from '@fieldback/db/analytics/pair.repo'
import type { Db } from '@fieldback/db/client'
import { nextCount } from '@fieldback/db/field/change-count.repo'
import { holdTypes } from '@fieldback/db/field/conversion.repo'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import type { ReportFact } from '@fieldback/domain/analytics/fact'
import { foldPair } from '@fieldback/domain/analytics/fold-pairs'
import { alongTree, keepCountedTree } from './counted-tree.ts'
import { factOf, knowledgeOf } from './report-facts.ts'

/** Reports of one transaction: a second's work, and the memory of that many documents. */
const REPORTS_A_BATCH = 20_000
const CELLS_A_REMOVAL = 20_000
/** A batch that took longer would be tried again for ever: on a slow machine it gets its time. */
const TIMEOUT_MS = 20_000
/** The reports are read as they stood when it began, for as long as it takes. */
const SNAPSHOT_MS = 6 * 3_600_000

export type CountPairsDeps = { readonly db: Db }

/**
 * Counts the pairs of questions that were asked for from the reports, and removes what was let go. All is read as it stood at
 * one instant; what is written after it the fold adds meanwhile, so that each report counts once, however long this takes. Killed, it
 * begins again. `stop` ends it between two transactions.
 */
export async function countPairs(
  { db }: CountPairsDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly pairs: number; readonly done: boolean }> {
  let pairs = 0
  // Until none waits: what was asked for meanwhile found this one at work, and left.
  for (let counted: number | null = 1; counted !== 0; pairs += counted ?? 0) {
    counted = await inOrgSql(db, orgId, (snapshot) => countWaiting(db, orgId, { snapshot, stop }), {
      timeout: SNAPSHOT_MS,
      plans: 'auto',
      snapshot: true,
    })
    if (counted === null || stop?.aborted) return { pairs, done: !stop?.aborted }
  }
  await removeAll(db, orgId, stop)
  return { pairs, done: !stop?.aborted }
}

/** How many pairs are ready; null: others count, or a change of type is to be counted first. */
async function countWaiting(
  db: Db,
  orgId: string,
  { snapshot, stop }: { readonly snapshot: OrgSql; readonly stop: AbortSignal | undefined },
): Promise<number | null> {
  const pairs = await inOrgSql(db, orgId, async (tx) => {
    // Whoever writes reports has ended or not begun: what he told is in the snapshot, or comes after it.
    await holdTypes(tx, orgId, 'change')
    if (!(await beginSnapshot(snapshot))) return null
    return (await nextCount(tx, orgId)) ? null : startPairs(tx, orgId)
  })
  if (pairs === null || pairs.length === 0) return pairs === null ? null : 0
  const named = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
  const known = await knowledgeOf(snapshot, orgId, named)
  const places = await reportedPlaces(snapshot, orgId)
  await inOrgSql(db, orgId, (tx) =>
    advancePairs(tx, orgId, { ids: pairs.map(({ id }) => id), done: 0, of: Math.max(1, places.length) }),
  )
  for (const [at, territoryId] of places.entries()) {
    for (let after: FiledSpot | null | undefined; after !== null; ) {
      if (stop?.aborted) return 0
      const part = await filedAt(snapshot, orgId, {
        territoryId,
        after: after ?? null,
        limit: REPORTS_A_BATCH,
        ids: known.ids,
      })
      after = part.last
      const done = after === null ? at + 1 : at
      const facts = part.filed.flatMap((filed) => factOf(filed, known) ?? [])
      await alongTree(db, orgId, (tx) => addBatch(tx, orgId, { pairs, facts, done, of: places.length }), {
        timeout: TIMEOUT_MS,
        plans: 'auto',
      })
    }
  }
  if (places.length === 0)
    await inOrgSql(db, orgId, (tx) =>
      advancePairs(tx, orgId, { ids: pairs.map(({ id }) => id), done: 0, of: 0 }),
    )
  return pairs.length
}

type Batch = {
  readonly pairs: readonly CountedPair[]
  readonly facts: readonly ReportFact[]
  readonly done: number
  readonly of: number
}

/** Along the lines of each report's day and of the present tree, as the fold does: a branch that moves takes with it what is counted so far. */
async function addBatch(tx: OrgSql, orgId: string, { pairs, facts, done, of }: Batch): Promise<void> {
  await keepCountedTree(tx, orgId)
  const held = await holdCounted(
    tx,
    orgId,
    pairs.map(({ id }) => id),
  )
  const lineOf = await findLines(tx, orgId, {
    territoryIds: facts.flatMap(({ thenAt, todayAt }) => [thenAt ?? [], todayAt ?? []].flat()),
    days: facts.flatMap(({ thenAt, day }) => (thenAt === null ? [] : [day])),
  })
  const still = pairs.filter(({ id }) => held.includes(id)).toSorted((x, y) => (x.id < y.id ? -1 : 1))
  await addPairs(
    tx,
    orgId,
    still.flatMap((pair) => foldPair(facts, pair, lineOf)),
  )
  await advancePairs(tx, orgId, { ids: held, done, of })
}

async function removeAll(db: Db, orgId: string, stop: AbortSignal | undefined): Promise<void> {
  for (let removed = 1; removed > 0 && !stop?.aborted; )
    removed = await inOrgSql(db, orgId, (tx) => removeLeft(tx, orgId, CELLS_A_REMOVAL), {
      timeout: TIMEOUT_MS,
    })
}
