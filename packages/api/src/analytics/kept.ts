import { readKeptFrom } from '@fieldback/db/retention/retention.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import type { Findings } from '@fieldback/domain/analytics/findings'
import { type Month, monthCount, type Period } from '@fieldback/domain/analytics/period'
import type { Way } from '@fieldback/domain/analytics/way'

/** From which month on reports are kept, and whether a question can be told of those alone. */
export type Kept = { readonly from: Month | null; readonly crossed: boolean }

/** `way`: null for what is counted by question and month alone. What accounts and contacts hold has no past. */
export async function keptFor({ tx, scope }: ScopedSql, way: Way | null): Promise<Kept> {
  const stock = way?.by === 'stocks' || (way?.by === 'rows' && way.why === 'stock')
  const crossed = way?.by === 'pair' || way?.by === 'rows'
  return stock ? { from: null, crossed: false } : { from: await readKeptFrom(tx, scope.orgId), crossed }
}

export const reachesBeyond = ({ from }: Kept, period: Period): boolean => from !== null && period.from < from

/** The part of a period that a question can be told of; null: none. */
export function toldOf({ from, crossed }: Kept, period: Period): Period | null {
  if (!crossed || from === null || period.from >= from) return period
  const rest = { from, to: period.to }
  return monthCount(rest) > 0 ? rest : null
}

/** What a question over some periods is told of it; null: they lie within what is kept. */
export const toldKept = (kept: Kept, periods: readonly (Period | null)[]): Findings['kept'] =>
  kept.from !== null && periods.some((period) => period && reachesBeyond(kept, period))
    ? { from: kept.from, crossed: kept.crossed }
    : null
