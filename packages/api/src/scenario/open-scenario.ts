import { findScenario, type Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { Permission } from '@fieldback/domain/access/permissions'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { isSettled } from '@fieldback/domain/scenario/scenario'

/**
 * A scenario that the reader may see: with the permission on its branch, and once it is shared when it is somebody
 * else's. NOT_FOUND, FORBIDDEN.
 */
export async function requireScenario(
  sdb: ScopedDb,
  permission: Extract<Permission, 'scenario.read' | 'territory.arrange'>,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Scenario> {
  const found = await findScenario(sdb, id, { lock })
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'scenario' })
  const verdict = verdictAt(sdb.scope, permission, found.territory)
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
  if (!found.shared && found.authorId !== sdb.scope.membershipId)
    throw new FieldbackError('NOT_FOUND', { what: 'scenario' })
  return found
}

/** The same, locked, to change it. SCENARIO_SETTLED once it was applied or given up. */
export async function requireDraft(sdb: ScopedDb, id: string): Promise<Scenario> {
  const found = await requireScenario(sdb, 'territory.arrange', id, { lock: true })
  if (isSettled(found.state)) throw new FieldbackError('SCENARIO_SETTLED')
  return found
}
