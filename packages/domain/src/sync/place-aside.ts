import { captureAt, captureInstant, heldAtCapture, ownTerritory } from './capture.ts'
import type { Draft } from './draft.ts'
import type { Operation } from './operation.ts'
import type { AsidePlace, PushContext } from './state.ts'

type Rows = Pick<Draft, 'accounts' | 'contacts' | 'reports' | 'callbacks'>
type Aside = { readonly operation: Operation | null; readonly raw: unknown }

/**
 * Where what is put aside waits for a manager: at its account where the author held it, else in the author's own branch.
 * A contest has no name (ADR 017), an answer to a note is for its author (ADR 043), what is passed on is for whoever comes
 * after, and what was thrown away, a return noted as seen, an opinion, a sub-sector or a refusal is nothing that a manager
 * could mend: none reads them.
 */
export function placeAside(
  context: PushContext,
  rows: Rows,
  { operation, raw }: Aside,
  now: string,
): AsidePlace | null {
  if (isPrivate(raw)) return null
  const account = operation && rows.accounts.get(accountMeant(rows, operation) ?? '')
  if (operation && account) {
    const capture = captureAt(context, operation, { account, now })
    if (heldAtCapture(context, 'report.create', capture)) return { territoryId: account.territoryId }
  }
  const day = context.localDay(operation ? captureInstant(operation, now) : now)
  const [latest] = context.assignments.toSorted((a, b) => (a.validFrom > b.validFrom ? -1 : 1))
  return { territoryId: ownTerritory(context, 'report.create', day) ?? latest?.territoryId ?? null }
}

const PRIVATE = /^(coaching|contest|giveback|handover|insight|objective|operation|sector)\./

const isPrivate = (raw: unknown): boolean =>
  typeof raw === 'object' &&
  raw !== null &&
  'kind' in raw &&
  typeof raw.kind === 'string' &&
  PRIVATE.test(raw.kind)

/** The account that an operation is about, as far as it is known. */
export function accountMeant(rows: Rows, { kind, entityId, body }: Operation): string | null {
  if ('accountId' in body) return body.accountId
  const [entity] = kind.split('.')
  if (entity === 'account') return entityId
  if (entity === 'contact') return rows.contacts.get(entityId)?.accountId ?? null
  if (entity === 'report') return rows.reports.get(entityId)?.accountId ?? null
  if (entity === 'callback') return rows.callbacks.get(entityId)?.accountId ?? null
  return null
}
