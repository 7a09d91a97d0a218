import { unsafePassCallbacks } from '@fieldback/db/agenda/pass-callbacks.repo'
import { type Db, inOrg } from '@fieldback/db/client'

const A_BATCH = 500

type Batch = { readonly after: string | null; readonly passed: number }
type PassDeps = { readonly db: Db; readonly now: () => Date }

/**
 * Gives open call-backs to whoever has the account now, wherever its home or its rep has changed. Done again it changes
 * nothing; `stop` ends it between two transactions, and it then begins again.
 */
export async function passCallbacks(
  { db, now }: PassDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly passed: number; readonly done: boolean }> {
  let after: string | null = null
  let passed = 0
  for (;;) {
    if (stop?.aborted) return { passed, done: false }
    const from: string | null = after
    const batch: Batch = await inOrg<Batch>(db, orgId, (tx) =>
      unsafePassCallbacks(tx, orgId, { after: from, limit: A_BATCH, now: now() }),
    )
    passed += batch.passed
    after = batch.after
    if (after === null) return { passed, done: true }
  }
}
