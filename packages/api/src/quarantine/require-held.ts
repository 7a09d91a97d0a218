import { type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'

type Located = { readonly home: Pick<TerritoryRow, 'path'> } | { readonly place: Pick<TerritoryRow, 'path'> }

/** What was found, where the reader settles what is put aside there. NOT_FOUND, FORBIDDEN. */
export function requireHeld<T extends Located>(scope: Scope, found: T | null, what: string): T {
  if (!found) throw new FieldbackError('NOT_FOUND', { what })
  requirePath(scope, ('home' in found ? found.home : found.place).path)
  return found
}

export function requirePath(scope: Scope, path: string): void {
  const permission = 'quarantine.settle'
  const verdict = verdictAt(scope, permission, path)
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
}
