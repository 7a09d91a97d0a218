import { lineMoves } from '@fieldback/db/analytics/fold.repo'
import { findChildren, findPlaces, type PlaceRow } from '@fieldback/db/analytics/place.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import type { Basis } from '@fieldback/domain/analytics/fold'
import type { DayRange } from '@fieldback/domain/analytics/period'
import { childrenOn } from '@fieldback/domain/territory/children-on'
import { placeRef } from './figure.ts'

/** `elsewhere`: it lies under another territory today. */
type Child = PlaceRow & { readonly elsewhere: boolean }

export type Children = {
  /** Closed ones too, by name: each was there on all of the days. */
  readonly children: readonly Child[]
  /** There on some of the days alone: what they counted here is part of the total, and of no line. */
  readonly part: readonly PlaceRef[]
  /** Whether it was there on all of the days before, too: figures of other days are no comparison. */
  readonly wasHere: (id: string) => boolean
}

type Days = { readonly days: DayRange; readonly before: DayRange }

/** The territories just below one: today's, or as organised then those of the days. */
export async function childrenOf(
  sdb: ScopedSql,
  territoryId: string,
  { basis, days, before }: Days & { readonly basis: Basis },
): Promise<Children> {
  const now = await findChildren(sdb, territoryId)
  const moves = basis === 'then' ? await lineMoves(sdb.tx, sdb.scope.orgId, before.from) : []
  const present = now.map(({ id }) => id)
  if (moves.length === 0)
    return { children: now.map((row) => ({ ...row, elsewhere: false })), part: [], wasHere: () => true }
  const { whole, part } = childrenOn(territoryId, present, { moves, days })
  const past = new Set(childrenOn(territoryId, present, { moves, days: before }).whole)
  const others = await findPlaces(
    sdb,
    [...whole, ...part].filter((id) => !present.includes(id)),
  )
  const known = [...now, ...others].sort((a, b) => a.name.localeCompare(b.name, 'fr'))
  return {
    children: known
      .filter(({ id }) => whole.includes(id))
      .map((row) => ({ ...row, elsewhere: !present.includes(row.id) })),
    part: known.filter(({ id }) => part.includes(id)).map(placeRef),
    wasHere: (id) => past.has(id),
  }
}
