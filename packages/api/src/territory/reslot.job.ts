import { type Db, inOrg } from '@fieldback/db/client'
import { type Reslot, reslotAccounts } from '@fieldback/db/territory/reslot.repo'

/** Accounts of one transaction, with their contacts and reports: well within the two seconds it may last. */
const ACCOUNTS_A_BATCH = 100

/**
 * After a branch has moved: writes the typed columns of its rows again for the questions it has joined. Done again it
 * changes nothing; `stop` ends it between two transactions, and it then begins again.
 */
export async function reslot(
  { db }: { readonly db: Db },
  orgId: string,
  { stop, ...what }: Reslot & { readonly stop?: AbortSignal | undefined },
): Promise<{ readonly done: boolean }> {
  let after: string | null = null
  for (;;) {
    if (stop?.aborted) return { done: false }
    const from: string | null = after
    after = await inOrg<string | null>(db, orgId, (tx) =>
      reslotAccounts(tx, orgId, { ...what, after: from, limit: ACCOUNTS_A_BATCH }),
    )
    if (after === null) return { done: true }
  }
}
