import type { Db } from '@fieldback/db/client'
import { keepDigests, unsafeFindTree, unsafeTally } from '@fieldback/db/coaching/digest.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import { foldDigests, SPANS, spanStart } from '@fieldback/domain/coaching/digest'
import { TerritoryTree } from '@fieldback/domain/insight/territory-tree'

/** Three months of a large organisation on a slow machine. Nothing is written meanwhile. */
const TIMEOUT_MS = 60_000

/** Counts anew what every branch of an organisation learned and did. Begun again, it counts the same. */
export async function digestBranches(
  { db, now }: { readonly db: Db; readonly now: () => Date },
  orgId: string,
): Promise<{ readonly territories: number }> {
  const at = now()
  const options = { timeout: TIMEOUT_MS, plans: 'auto', reading: true } as const
  let territories = 0
  for (const span of SPANS) {
    const since = spanStart(span, at.toISOString().slice(0, 10))
    const [nodes, tallies] = await inOrgSql(
      db,
      orgId,
      async (tx) => [await unsafeFindTree(tx, orgId), await unsafeTally(tx, orgId, since)] as const,
      options,
    )
    const digests = foldDigests(new TerritoryTree(nodes), tallies)
    await inOrgSql(db, orgId, (tx) => keepDigests(tx, orgId, { span, since, at }, digests))
    territories = digests.size
  }
  return { territories }
}
