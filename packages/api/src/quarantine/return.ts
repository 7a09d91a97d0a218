import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { findAside, settleAside } from '@fieldback/db/quarantine/quarantine.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Deps } from '../context.ts'
import { requireHeld } from './require-held.ts'

/**
 * Gives what was put aside back to whoever typed it, with a sentence that his phone shows. NOT_FOUND, FORBIDDEN;
 * QUARANTINE_SETTLED when somebody else has settled it otherwise. Asked again by the same person, it changes nothing.
 */
export async function returnToAuthor(
  sdb: ScopedDb,
  { itemId, word }: { readonly itemId: string; readonly word: string },
  deps: Pick<Deps, 'now' | 'newId'>,
): Promise<{ readonly returned: true }> {
  const found = requireHeld(sdb.scope, await findAside(sdb, itemId, { lock: true }), 'quarantine')
  if (found.settled) {
    const { kind, by } = found.settled
    if (kind === 'returned' && by.id === sdb.scope.membershipId) return { returned: true }
    throw new FieldbackError('QUARANTINE_SETTLED', { name: by.name })
  }
  await settleAside(sdb, {
    itemId,
    kind: 'returned',
    word,
    operation: null,
    answer: null,
    at: deps.now(),
  })
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'quarantine.return',
    subjectId: itemId,
    detail: { membershipId: found.author.id, territoryId: found.place.id, code: found.code },
  })
  return { returned: true }
}
