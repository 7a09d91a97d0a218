import { countPeople, countReports } from '@fieldback/db/analytics/analytics.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { groupBy } from '@fieldback/domain/analytics/group-by'
import { daysBefore, daysOf, periodBefore } from '@fieldback/domain/analytics/period'
import { childrenOf } from './children-of.ts'
import { type Figure, figureOf, figuresBeside, type PlaceFigure, placeRef } from './figure.ts'
import type { View } from './input.ts'
import { type Activity, activityOf } from './overview.ts'

/** Orders among reports; `n` counts reports. */
type OrderFigure = { readonly visits: number; readonly reportsBefore: number }

export type ByTerritory = {
  readonly rows: readonly (PlaceFigure & OrderFigure)[]
  readonly total: Figure & OrderFigure
  /** Reports of accounts that sit at the territory itself, in none of those below; with what `part` counted here. */
  readonly direct: number
  /** Territories that were here on some of the days alone, as organised then. */
  readonly part: readonly PlaceRef[]
}

/** Reports of the territories just below, side by side: how many end in an order is hidden for small groups. */
export async function byTerritory(
  sdb: ScopedSql,
  { territoryId, basis, period }: View,
): Promise<ByTerritory> {
  const today = sdb.scope.day
  const [days, before] = [daysOf(period, today), daysBefore(period, today)]
  const [, { children, part, wasHere }] = await Promise.all([
    requireTerritory(sdb, 'analytics.read', territoryId),
    childrenOf(sdb, territoryId, { basis, days, before }),
  ])
  const territoryIds = [territoryId, ...children.map(({ id }) => id)]
  const [now, past, peopleAt] = await Promise.all([
    countReports(sdb, { basis, days, territoryIds }),
    countReports(sdb, { basis, days: before, territoryIds }),
    countPeople(sdb, { basis, period, territoryIds, before: periodBefore(period) }),
  ])

  const byPlace = groupBy(now, (row) => row.territoryId)
  const byPlaceBefore = groupBy(past, (row) => row.territoryId)
  const sidesAt = (id: string) => {
    const here = activityOf(byPlace.get(id) ?? [])
    const before = activityOf((id === territoryId || wasHere(id) ? byPlaceBefore.get(id) : null) ?? [])
    const people = peopleAt(id)
    return {
      id,
      now: counted(here, people.people),
      before: counted(before, people.before),
      plain: { visits: here.visit, reportsBefore: before.reports },
    }
  }
  const whole = sidesAt(territoryId)
  const parts = children.map(({ id }) => sidesAt(id))
  const figureAt = figuresBeside(parts, whole)
  const rows = children
    .map((child, at) => ({
      place: placeRef(child),
      elsewhere: child.elsewhere,
      ...figureAt(child.id),
      visits: parts[at]?.plain.visits ?? 0,
      reportsBefore: parts[at]?.plain.reportsBefore ?? 0,
    }))
    .filter(({ place, n }) => n > 0 || !place.closed)
  const total = { ...figureOf(whole.now, whole.before, true), ...whole.plain }
  return { rows, total, direct: Math.max(0, total.n - rows.reduce((sum, { n }) => sum + n, 0)), part }
}

const counted = ({ order, reports }: Activity, people: number) => ({ k: order, n: reports, people })
