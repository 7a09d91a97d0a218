import type { Sort } from '@fieldback/domain/analytics/address'
import type { FindingRow, Findings, PlaceRef } from '@fieldback/domain/analytics/findings'

/** A territory with its figure. */
export type PlaceRow = Omit<FindingRow, 'at'> & { readonly place: PlaceRef }

/** The territories of an answer whose first axis they are; none where it has no such axis. */
export function placeRows({ axes, rows }: Findings): PlaceRow[] {
  const [axis] = axes
  if (axis?.by !== 'territory') return []
  const places = new Map(axis.places.map((place) => [place.id, place]))
  return rows.flatMap(({ at, ...row }) => {
    const place = places.get(at[0] ?? '')
    return place ? [{ place, ...row }] : []
  })
}

/** What stands in a ranking, without places that have no case; the larger the group, the higher among equals. */
export const ranked = (rows: readonly PlaceRow[]): PlaceRow[] =>
  rows
    .filter(({ now }) => now.value !== null && now.n > 0)
    .toSorted((a, b) => (b.now.value ?? 0) - (a.now.value ?? 0) || b.now.n - a.now.n)

/**
 * The territory worth naming: the highest of those whose interval stands clear above the whole; null when none does,
 * and then none is named.
 */
export function standingOut(findings: Findings): PlaceRow | null {
  const { high } = findings.total.now
  if (high === null) return null
  return ranked(placeRows(findings)).find(({ now }) => now.low !== null && now.low > high) ?? null
}

const SORTABLE = ['n', 'k', 'value', 'people'] as const

/** Rows in the order asked for; what is hidden last, equals by name. */
export function sortPlaces(rows: readonly PlaceRow[], { key, direction }: Sort): PlaceRow[] {
  const sign = direction === 'ascending' ? 1 : -1
  const by = SORTABLE.find((known) => known === key)
  return rows.toSorted((a, b) => {
    const byName = a.place.name.localeCompare(b.place.name)
    if (!by) return key === 'name' ? sign * byName : byName
    const [x, y] = [a.now[by], b.now[by]]
    if (x === null || y === null) return x === y ? byName : x === null ? 1 : -1
    return sign * (x - y) || byName
  })
}
