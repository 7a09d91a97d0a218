import { inOrg } from '@fieldback/db/client'
import { findImport } from '@fieldback/db/import/import.repo'
import { storageKeyOf } from './receive-file.ts'
import type { ImportDeps } from './work.ts'

/** Deletes a file whose server was killed between keeping it and noting it: no import names it. True when none does. */
export async function forgetFile(
  { db, storage }: Pick<ImportDeps, 'db' | 'storage'>,
  orgId: string,
  importId: string,
): Promise<boolean> {
  const named = await inOrg(db, orgId, (tx) => findImport({ tx, scope: { orgId } }, importId))
  if (named) return false
  await storage.delete(storageKeyOf(importId))
  return true
}
