import type { Db } from '@fieldback/db/client'
import { countObjectives, keepCount, nextAsked } from '@fieldback/db/objective/objective.repo'
import { inOrgSql } from '@fieldback/db/org-sql'

/** A million accounts on a slow machine. Nothing is written meanwhile. */
const TIMEOUT_MS = 60_000

/**
 * Counts the objectives that pages of large branches ask about, one after the other. Killed, it goes on with the one where it
 * was; `stop` ends it between two.
 */
export async function countAskedObjectives(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly objectives: number; readonly done: boolean }> {
  const reading = { timeout: TIMEOUT_MS, plans: 'auto', reading: true } as const
  for (let objectives = 0; ; objectives++) {
    if (stop?.aborted) return { objectives, done: false }
    const next = await inOrgSql(db, orgId, (tx) => nextAsked(tx, orgId))
    if (!next) return { objectives, done: true }
    const { id, day } = next
    const at = now()
    const [count] = await inOrgSql(
      db,
      orgId,
      (tx) => countObjectives(tx, orgId, { objectives: [next], day }),
      reading,
    )
    if (count) await inOrgSql(db, orgId, (tx) => keepCount(tx, orgId, { id, day, count, at }))
  }
}
