import { ANSWERED, ASKED, KIND } from '../analytics/fact.ts'
import type { RollupDeltas } from '../analytics/fold.ts'
import { type Month, monthOfDay } from '../analytics/period.ts'
import type { Factor } from './factor-counts.ts'

/** How much of a factor has been counted anew at a territory, or below it: one that is changed counts as two. */
export type Moved = {
  readonly kind: Factor['kind']
  /** Null for reports. */
  readonly fieldId: string | null
  readonly territoryId: string
  readonly n: number
}

type Counted = Omit<Moved, 'n'> & { readonly n: number; readonly month: Month | null }

/**
 * What a fold moved of what insights are counted from, up to the last month that they judge: reports of the months after it,
 * which are nearly all that come, move nothing. What accounts answer has no month.
 */
export function movedIn(
  { cells, days, stocks }: Pick<RollupDeltas, 'cells' | 'days' | 'stocks'>,
  last: Month,
): Moved[] {
  const moved = new Map<string, Moved>()
  const add = ({ month, n, ...of }: Counted): void => {
    if (month !== null && month > last) return
    const key = `${of.kind} ${of.fieldId} ${of.territoryId}`
    moved.set(key, { ...of, n: (moved.get(key)?.n ?? 0) + Math.abs(n) })
  }
  const told = (bucket: string) => bucket !== ASKED && bucket !== ANSWERED
  // How reports were made is no question.
  for (const { basis, bucket, fieldId, territoryId, month, n } of cells)
    if (basis === 'today' && fieldId !== KIND && told(bucket))
      add({ kind: 'answer', fieldId, territoryId, month: monthOfDay(month), n })
  for (const { basis, territoryId, day, n } of days)
    if (basis === 'today') add({ kind: 'reports', fieldId: null, territoryId, month: monthOfDay(day), n })
  for (const { bucket, fieldId, territoryId, n } of stocks)
    if (told(bucket)) add({ kind: 'profile', fieldId, territoryId, month: null, n })
  return [...moved.values()]
}
