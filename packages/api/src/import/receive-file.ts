import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { insertImport, watchFile } from '@fieldback/db/import/import.repo'
import { IMPORT_MAX, type ImportKind } from '@fieldback/domain/import/import'
import type { Context } from '../context.ts'
import { withinSession } from './within-session.ts'

export type Received = {
  readonly kind: ImportKind
  /** As its sender calls it: shown, and nothing else. */
  readonly name: string
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * Keeps a file as it arrives and asks the worker to read it. Nobody's file is kept before his right is checked.
 * UNAUTHENTICATED, FORBIDDEN, TOO_LARGE, STORAGE_FULL; nothing is left of a file that was not accepted.
 */
export async function receiveFile(
  context: Context,
  { kind, name, body }: Received,
): Promise<{ importId: string }> {
  const { storage, newId } = context.deps
  const id = newId()
  await withinSession(context, (sdb) => watchFile(sdb, id))
  const storageKey = storageKeyOf(id)
  await storage.put(storageKey, body, { maxBytes: IMPORT_MAX.bytes })
  try {
    await withinSession(context, async (sdb) => {
      await insertImport(sdb, { id, kind, fileName: shownName(name), storageKey })
      await writeAudit(sdb, { id: newId(), action: 'import.receive', subjectId: id, detail: { kind } })
    })
  } catch (error) {
    await storage.delete(storageKey)
    throw error
  }
  return { importId: id }
}

/** Where the file of an import lies until it is read. */
export const storageKeyOf = (importId: string): string => `imports/${importId}`

const NAME_MAX = 200

/** The last part of a path, without what cannot be shown. */
const shownName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{C}]/gu, '')
    .trim()
    .slice(0, NAME_MAX)
