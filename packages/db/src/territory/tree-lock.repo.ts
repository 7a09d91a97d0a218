import type { OrgSql } from '../org-sql.ts'

/**
 * Until the end of the transaction: `keep` holds the tree as it is, and any number may; `change` is alone. Who adds along
 * lines of ancestors keeps the tree, who moves a branch changes it: an addition along a line that is just moving away
 * would otherwise be lost. Paths are to be read after this, in a statement of their own.
 */
export async function lockTree(tx: OrgSql, orgId: string, how: 'keep' | 'change'): Promise<void> {
  const name = `tree:${orgId}`
  if (how === 'change') await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`
  else await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`
}
