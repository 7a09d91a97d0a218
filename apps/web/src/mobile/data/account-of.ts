import type { Operation } from '@fieldback/domain/sync/operation'
import type { CacheRows } from './cache.ts'
import type { OutboxItem } from './outbox-item.ts'

/** The account an operation is about, as far as this phone knows. */
export function accountOf(
  operation: Operation,
  rows: CacheRows,
  outbox: readonly OutboxItem[] = [],
): string | null {
  if (operation.kind === 'account.create' || operation.kind === 'account.update') return operation.entityId
  if ('accountId' in operation.body) return operation.body.accountId
  const id = operation.entityId
  const row = rows.reports.get(id) ?? rows.contacts.get(id) ?? rows.callbacks.get(id)
  if (row) return row.accountId
  const creation = outbox.find((item) => item.operation.entityId === id && 'accountId' in item.operation.body)
  return creation && 'accountId' in creation.operation.body ? creation.operation.body.accountId : null
}
