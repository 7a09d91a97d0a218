import { countPeople, countPeopleBeyond } from '@fieldback/db/analytics/analytics.repo'
import { analysedRoots, findPlaces, type PlaceRow } from '@fieldback/db/analytics/place.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import type { Hidden } from '@fieldback/domain/analytics/findings'
import type { Basis } from '@fieldback/domain/analytics/fold'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import type { Month, Period } from '@fieldback/domain/analytics/period'
import type { Rate } from '@fieldback/domain/insight/wilson'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import { type Counted, shownRate } from './figure.ts'

/** The territory above, as something to compare with. */
export type Reference = {
  readonly place: PlaceRow
  /** The reader's own territories inside it; null when it is his own branch too, whose totals he may see. */
  readonly own: readonly string[] | null
}

/**
 * The territory just above; null at the root, and above the owner of a field: nobody else is asked there, so its
 * figures would be the owner's under another name.
 */
export async function findReference(
  sdb: ScopedSql,
  territory: TerritoryRow,
  owner: Path | null,
): Promise<Reference | null> {
  if (territory.parentId === null) return null
  const roots = analysedRoots(sdb)
  const places = await findPlaces(sdb, [territory.parentId, ...roots])
  const above = places.find(({ id }) => id === territory.parentId)
  if (!above || (owner !== null && !isWithin(owner, above.path))) return null
  if (verdictAt(sdb.scope, 'analytics.read', above.path).allowed) return { place: above, own: null }
  const own = places
    .filter(({ id, path }) => roots.includes(id) && isWithin(above.path, path))
    .map(({ id }) => id)
  return { place: above, own }
}

/**
 * Set beside the territory above, a small group's figures compare people: told when fewer than five stand behind them.
 * The whole of the reader's own branch may always be compared, null too.
 */
export async function tooFewToCompare(
  sdb: ScopedSql,
  territory: TerritoryRow,
  span: Span,
): Promise<Hidden | null> {
  if (territory.parentId === null || analysedRoots(sdb).includes(territory.id)) return null
  return tooFew(sdb, territory, span)
}

/** Told when fewer than five people filed reports there. */
export async function tooFew(sdb: ScopedSql, { id }: TerritoryRow, span: Span): Promise<Hidden | null> {
  const { people: have } = (await countPeople(sdb, { ...span, territoryIds: [id] }))(id)
  return have < GROUP_MIN ? { reason: 'people', have, need: GROUP_MIN } : null
}

type Span = { readonly basis: Basis; readonly period: Period }

/**
 * People who count when a reference's figure is shown, by month and, for null, over the period. For somebody without
 * rights up there, those beyond his own territories: he knows his own figures and could take them away.
 */
export async function peopleBehind(
  sdb: ScopedSql,
  reference: Reference,
  span: Span,
): Promise<(month: Month | null) => number> {
  if (reference.own === null) return () => Number.POSITIVE_INFINITY
  const rows = await countPeopleBeyond(sdb, { ...span, territoryId: reference.place.id, own: reference.own })
  const byMonth = new Map(rows.map(({ month, people }) => [month, people]))
  return (month) => byMonth.get(month) ?? 0
}

/** A reference's rate, null when what lies beyond the reader's own figures is too small a group. */
export function referenceRate(above: Counted, own: readonly Counted[], people: number): Rate | null {
  const beyond = above.n - own.reduce((sum, { n }) => sum + n, 0)
  if ('reason' in shownRate({ k: 0, n: beyond, people: above.people === null ? null : people }, false))
    return null
  const rate = shownRate(above, true)
  return 'reason' in rate ? null : rate
}
