import { inOrg } from '@fieldback/db/client'
import { claimPurge } from '@fieldback/db/import/purge.repo'
import { deleteLines } from '@fieldback/db/import/work.repo'
import { storageKeyOf } from './receive-file.ts'
import { BATCH_TX, type ImportDeps, type Stop } from './work.ts'

const LINES_A_PURGE = 5_000

export type Purged = { readonly imports: number; readonly done: boolean }

/**
 * Deletes the lines and the files of an organisation's imports that are long over or forgotten; their summaries stay.
 * Stopped or killed on the way, it is taken up where it was. `done` is false when it was asked to stop before the end.
 */
export async function purgeImports(
  { db, storage }: Pick<ImportDeps, 'db' | 'storage'>,
  orgId: string,
  stop?: Stop,
): Promise<Purged> {
  for (let imports = 0; ; imports++) {
    if (stop?.aborted) return { imports, done: false }
    const id = await inOrg(db, orgId, (tx) => claimPurge(tx, orgId))
    if (id === null) return { imports, done: true }
    // A worker killed right after a file was read may have left it.
    await storage.delete(storageKeyOf(id))
    for (let deleted = LINES_A_PURGE; deleted === LINES_A_PURGE; ) {
      if (stop?.aborted) return { imports, done: false }
      deleted = await inOrg(db, orgId, (tx) => deleteLines(tx, { orgId, id }, LINES_A_PURGE), BATCH_TX)
    }
  }
}
