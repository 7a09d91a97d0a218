import { countMoves, findBeside } from '@fieldback/db/analytics/beside.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { daysOf, type Month, type Period } from '@fieldback/domain/analytics/period'
import { placeRef } from './figure.ts'

/** A territory that another can be compared with; `above`: it holds it. */
export type Beside = PlaceRef & { readonly above: boolean }

/** A choice is read in one look. */
const BESIDE_MOST = 100

/** What a territory can be compared with: those above it and its neighbours, as far as the reader may read their figures. */
export async function beside(sdb: ScopedSql, territoryId: string): Promise<Beside[]> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const places = await findBeside(sdb, territory.path, BESIDE_MOST)
  return places.map((place) => ({ ...placeRef(place), above: place.rank < territory.rank }))
}

/** Months of a period in which the tree of a branch changed. */
export async function changes(
  sdb: ScopedSql,
  { territoryId, period }: { readonly territoryId: string; readonly period: Period },
): Promise<{ readonly month: Month; readonly count: number }[]> {
  const { path } = await requireTerritory(sdb, 'analytics.read', territoryId)
  return countMoves(sdb, path, daysOf(period, sdb.scope.day))
}
