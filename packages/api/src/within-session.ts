import { inOrg } from '@fieldback/db/client'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { Permission } from '@fieldback/domain/access/permissions'
import { holdsAnywhere } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Context } from './context.ts'
import { openSession } from './open-session.ts'

/**
 * One transaction of somebody who holds a permission, or of any live member, checked as procedures check theirs: for files,
 * which take longer than a transaction may last. UNAUTHENTICATED, MEMBERSHIP_REVOKED, DEVICE_REVOKED, FORBIDDEN.
 */
export async function withinSession<T>(
  { deps, session }: Context,
  permission: Permission | null,
  work: (sdb: ScopedDb) => Promise<T>,
): Promise<T> {
  if (!session) throw new FieldbackError('UNAUTHENTICATED')
  return inOrg(deps.db, session.orgId, async (tx) => {
    const { scope } = await openSession(tx, session, deps.now())
    if (permission !== null && !holdsAnywhere(scope, permission))
      throw new FieldbackError('FORBIDDEN', { reason: 'no_permission', permission })
    return work({ tx, scope })
  })
}
