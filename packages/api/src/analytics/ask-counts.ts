import { countReports } from '@fieldback/db/analytics/analytics.repo'
import { readCells, type Series } from '@fieldback/db/analytics/ask.repo'
import type { CountsAt } from '@fieldback/db/analytics/read-table'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { KIND } from '@fieldback/domain/analytics/fact'
import type { Prepared, ReadFrom } from '@fieldback/domain/analytics/findings'
import type { IdPair } from '@fieldback/domain/analytics/pair'
import { addMonths, type DayRange, firstDay, monthOfDay } from '@fieldback/domain/analytics/period'
import {
  bucketsNeeded,
  type PickedCell,
  selectCells,
  type TableCell,
} from '@fieldback/domain/analytics/select-cells'
import type { Counted } from '@fieldback/domain/analytics/way'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'

/** Has pairs counted in advance from now on, or kept for longer. */
export type Keep = (pairs: readonly IdPair[]) => Promise<void>
export type Fields = ReadonlyMap<string, FieldDefinition>
export type Where = Pick<CountsAt, 'basis' | 'period' | 'territoryIds' | 'byMonth'> & {
  /** All that is asked about lies in it. */
  readonly territory: TerritoryRow
}
export type Found = { readonly cells: PickedCell[]; readonly prepared: Prepared; readonly source: ReadFrom }

/** How reports were made, as a question. */
export const KINDS: Series = { id: KIND }

export const countsAt = ({ measure, outcomes }: Counted, where: Where): CountsAt => ({
  ...where,
  outcomes,
  outcome: measure.of === 'outcome' ? measure.outcome : null,
  sums: measure.of === 'mean' || measure.of === 'sum' || measure.of === 'median',
})

/** Reports alone, whose days are known too: those up to a day of a month that is not to be counted whole. */
export async function readReports(
  sdb: ScopedSql,
  of: Counted,
  { where, days }: { readonly where: Where; readonly days: DayRange },
): Promise<PickedCell[]> {
  const at = countsAt(of, where)
  const last = monthOfDay(days.to)
  const whole =
    where.period.from < last
      ? await readCells(
          sdb,
          { field: KINDS, buckets: bucketsNeeded(of, KIND) },
          { ...at, period: { from: where.period.from, to: addMonths(last, -1) } },
        )
      : []
  const started = await countReports(sdb, { ...where, days: { from: firstDay(last), to: days.to } })
  const cut = started
    .filter(({ outcome }) => of.outcomes.length === 0 || of.outcomes.includes(outcome))
    .map(
      ({ territoryId, kind, outcome, n }): TableCell => ({
        territoryId,
        month: where.byMonth ? last : null,
        buckets: { [KIND]: kind },
        n,
        k: outcome === at.outcome ? n : 0,
        sum: 0,
      }),
    )
  return selectCells(of, [...whole, ...cut])
}
