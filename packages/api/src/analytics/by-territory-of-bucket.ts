import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { type BucketLabel, bucketLabelParts } from '@fieldback/domain/analytics/bucket'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import { daysBefore, daysOf } from '@fieldback/domain/analytics/period'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import { countAnswers, shareOf } from './answer-counts.ts'
import { childrenOf } from './children-of.ts'
import { type Figure, figureOf, figuresBeside, type PlaceFigure, placeRef } from './figure.ts'
import type { View } from './input.ts'
import { type CountedField, countedField, requireCountedField } from './place.ts'

export type ByTerritoryOfBucket = {
  readonly field: CountedField
  readonly bucket: string
  readonly label: BucketLabel
  /** Territories just below where the question is asked. */
  readonly rows: readonly PlaceFigure[]
  readonly total: Figure
  /** Answers of accounts that sit at the territory itself, in none of those below; with what `part` counted here. */
  readonly direct: number
  /** Territories that were here on some of the days alone, as organised then. */
  readonly part: readonly PlaceRef[]
}

/** Whether some account of a branch may be asked what a territory owns. */
const meets = (branch: Path, owner: Path): boolean => isWithin(owner, branch) || isWithin(branch, owner)

/** The share of one answer in each of the territories just below, small groups hidden. */
export async function byTerritoryOfBucket(
  sdb: ScopedSql,
  { territoryId, basis, period, fieldId, bucket }: View & { fieldId: string; bucket: string },
): Promise<ByTerritoryOfBucket> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const owned = await requireCountedField(sdb, territory, fieldId)
  const { field, owner } = owned
  const today = sdb.scope.day
  const { children, part, wasHere } = await childrenOf(sdb, territoryId, {
    // What accounts and contacts hold has no past.
    basis: field.entity === 'report' ? basis : 'today',
    days: daysOf(period, today),
    before: daysBefore(period, today),
  })
  const territoryIds = [territoryId, ...children.map(({ id }) => id)]
  const at = { basis, period, territoryIds, compared: true, share: bucket }
  const { now, before } = await countAnswers(sdb, field, at)
  const sidesAt = (id: string) => ({
    id,
    now: shareOf(now(id), bucket),
    before: before && (id === territoryId || wasHere(id)) ? shareOf(before(id), bucket) : null,
  })
  const whole = sidesAt(territoryId)
  const figureAt = figuresBeside(
    children.map(({ id }) => sidesAt(id)),
    whole,
  )
  const rows = children
    .map((child) => ({
      path: child.path,
      place: placeRef(child),
      elsewhere: child.elsewhere,
      ...figureAt(child.id),
    }))
    .filter(({ path, place, n }) => n > 0 || (!place.closed && meets(path, owner.path)))
    .map(({ path: _, ...row }) => row)
  const total = figureOf(whole.now, whole.before, true)
  return {
    field: countedField(owned),
    bucket,
    label: bucketLabelParts(field.spec, bucket),
    rows,
    total,
    direct: Math.max(0, total.n - rows.reduce((sum, { n }) => sum + n, 0)),
    part,
  }
}
