import type { CacheRows } from './cache.ts'
import type { OutboxItem } from './outbox-item.ts'

/** Accepted work on reports whose row, as new as what the server made of it, is among these. */
export const arrivedBy = ({ reports }: CacheRows, items: readonly OutboxItem[]): OutboxItem[] =>
  items.filter(
    ({ operation, state, answer, left, arrived }) =>
      operation.kind.startsWith('report.') &&
      state === 'accepted' &&
      !left &&
      !arrived &&
      answer?.status === 'applied' &&
      (reports.get(operation.entityId)?.version ?? 0) >= answer.version,
  )
