import type { CacheRows } from '../data/cache.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import { type Work, workOf } from './outbox-work.ts'

/** What was thrown away here and can be taken back, the last first, as the work that it was. */
export const thrownAway = (outbox: readonly OutboxItem[], rows: CacheRows): Work[] =>
  workOf(
    outbox.flatMap((item) => (item.discarded ? { ...item, operation: item.discarded } : [])),
    rows,
  ).reverse()
