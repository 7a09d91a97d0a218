import {
  countBucketByMonth,
  countOrdersByMonth,
  type MonthCount,
} from '@fieldback/db/analytics/analytics.repo'
import type { OwnedField } from '@fieldback/db/analytics/place.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import type { Hidden, PlaceRef } from '@fieldback/domain/analytics/findings'
import {
  daysOf,
  lastMonths,
  type Month,
  monthCount,
  monthsOf,
  type Period,
} from '@fieldback/domain/analytics/period'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Rate } from '@fieldback/domain/insight/wilson'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { placeRef, shownRate } from './figure.ts'
import type { Measure, View } from './input.ts'
import { requireCountedField } from './place.ts'
import { findReference, peopleBehind, referenceRate, tooFewToCompare } from './reference.ts'

export type Trend = {
  readonly months: readonly Month[]
  /** Null in a month with too few cases. */
  readonly here: readonly (Rate | null)[]
  readonly reference: { readonly place: PlaceRef; readonly rates: readonly (Rate | null)[] } | null
  /** Why the territory is not set beside the one above. */
  readonly alone: Hidden | null
}

/** A short period says little of a trend. */
const MONTHS_MIN = 12

/**
 * A rate by month, for a territory and the one above it: the months of the period, twelve at least, up to its end.
 * INVALID_INPUT for a field of accounts or contacts: what they hold now has no months.
 */
export async function trend(
  sdb: ScopedSql,
  { territoryId, basis, period, measure }: View & { measure: Measure },
): Promise<Trend> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const asked = await fieldOf(sdb, territory, measure)
  const span = lastMonths(period.to, Math.max(MONTHS_MIN, monthCount(period)))
  const alone = await tooFewToCompare(sdb, territory, { basis, period: span })
  const reference = alone ? null : await findReference(sdb, territory, asked?.owner.path ?? null)
  const own = reference?.own ?? []
  const territoryIds = [...new Set([territoryId, ...(reference ? [reference.place.id] : []), ...own])]
  const [counts, people] = await Promise.all([
    countMonths(sdb, { measure, asked }, { basis, period: span, territoryIds }),
    reference && peopleBehind(sdb, reference, { basis, period: span }),
  ])
  const at = (id: string, month: Month) => ({
    ...(counts.get(`${id} ${month}`) ?? { k: 0, n: 0 }),
    people: 0,
  })
  const months = monthsOf(span)
  const shown = (rate: ReturnType<typeof shownRate>): Rate | null => ('reason' in rate ? null : rate)
  return {
    months,
    alone,
    here: months.map((month) => shown(shownRate(at(territoryId, month), true))),
    reference: reference &&
      people && {
        place: placeRef(reference.place),
        rates: months.map((month) =>
          referenceRate(
            at(reference.place.id, month),
            own.map((id) => at(id, month)),
            people(month),
          ),
        ),
      },
  }
}

async function fieldOf(
  sdb: ScopedSql,
  territory: TerritoryRow,
  measure: Measure,
): Promise<OwnedField | null> {
  if (measure.of === 'orders') return null
  const found = await requireCountedField(sdb, territory, measure.fieldId)
  if (found.field.entity !== 'report')
    throw new FieldbackError('INVALID_INPUT', { path: ['measure', 'fieldId'] })
  return found
}

async function countMonths(
  sdb: ScopedSql,
  { measure, asked }: { measure: Measure; asked: OwnedField | null },
  at: { basis: View['basis']; period: Period; territoryIds: readonly string[] },
): Promise<Map<string, MonthCount>> {
  const { basis, territoryIds } = at
  const rows =
    measure.of === 'orders' || !asked
      ? await countOrdersByMonth(sdb, { basis, territoryIds, days: daysOf(at.period, sdb.scope.day) })
      : await countBucketByMonth(sdb, { ...at, field: asked.field, bucket: measure.bucket })
  return new Map(rows.map((row) => [`${row.territoryId} ${row.month}`, row]))
}
