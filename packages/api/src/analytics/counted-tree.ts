import type { Db } from '@fieldback/db/client'
import { inOrgSql, type OrgSql, type SqlOptions } from '@fieldback/db/org-sql'
import { carryShift, shiftsWait } from '@fieldback/db/territory/shift-counts.repo'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'

/** A branch has moved and its figures have not: what is counted along the tree would be carried over a second time. */
class FiguresWait extends Error {}

/** A part of a shift that took longer would be tried again for ever: on a slow machine it gets its time. */
const SHIFT_MS = 120_000

/** Throws, for `alongTree`, when the figures do not lie as the tree does: for who reads them in a snapshot. */
export async function requireCounted(tx: OrgSql, orgId: string): Promise<void> {
  if (await shiftsWait(tx, orgId)) throw new FiguresWait()
}

/** Holds the tree as it is until the end of the transaction, for who adds to figures along its lines inside `alongTree`. */
export async function keepCountedTree(tx: OrgSql, orgId: string): Promise<void> {
  await lockTree(tx, orgId, 'keep')
  await requireCounted(tx, orgId)
}

/**
 * Runs a transaction that counts along the tree; where figures of branches that moved wait, these are carried over first and it
 * runs again. So each shift finds what was counted before its move, and nothing else (ADR 061).
 */
export async function alongTree<T>(
  db: Db,
  orgId: string,
  work: (tx: OrgSql) => Promise<T>,
  options: SqlOptions = {},
): Promise<T> {
  for (;;) {
    try {
      return await inOrgSql(db, orgId, work, options)
    } catch (error) {
      if (!(error instanceof FiguresWait)) throw error
    }
    await carryOver(db, orgId)
  }
}

/** Counts all shifts that wait, in the order of the moves, some questions in a transaction. */
async function carryOver(db: Db, orgId: string): Promise<void> {
  for (let more = true; more; )
    more = await inOrgSql(db, orgId, (tx) => carryShift(tx, orgId), { timeout: SHIFT_MS, plans: 'auto' })
}
