import type { CacheRows } from './cache.ts'
import type { OutboxItem } from './outbox-item.ts'

/** Whether what is shown of it cannot be told without the reports: those it changes, or the row that it made of one. */
export const needsReports = ({ operation: { kind }, state, answer, left, arrived }: OutboxItem): boolean =>
  kind.startsWith('report.') &&
  (state === 'phone'
    ? answer !== null || kind !== 'report.create'
    : state === 'accepted' && !left && !arrived)

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
