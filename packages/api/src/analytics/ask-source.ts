import { countReports } from '@fieldback/db/analytics/analytics.repo'
import { type CountsAt, readCells, readStocks, type Series } from '@fieldback/db/analytics/ask.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { KIND } from '@fieldback/domain/analytics/fact'
import type { Prepared, ReadFrom } from '@fieldback/domain/analytics/findings'
import {
  addMonths,
  type DayRange,
  firstDay,
  type Month,
  monthOfDay,
} from '@fieldback/domain/analytics/period'
import { type Filter, fieldsNamed, type Question } from '@fieldback/domain/analytics/question'
import {
  bucketsNeeded,
  type PickedCell,
  selectCells,
  type TableCell,
} from '@fieldback/domain/analytics/select-cells'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { WON } from '@fieldback/domain/report/report'

/** The parts of a question that say what is counted; how reports were made is a filter like others. */
export type Counted = Pick<Question, 'measure' | 'split' | 'filters' | 'outcomes'>

export const countedOf = ({ measure, split, filters, outcomes, kind }: Question): Counted => ({
  measure,
  split,
  outcomes,
  filters: kind === null ? filters : [...filters, { fieldId: KIND, buckets: [kind] } satisfies Filter],
})

/** Without its rows by answer: what its total is of. */
export const totalOf = (of: Counted): Counted => ({
  ...of,
  split: of.split.filter(({ by }) => by !== 'answer'),
})

export type Fields = ReadonlyMap<string, FieldDefinition>
export type Where = Pick<CountsAt, 'basis' | 'period' | 'territoryIds' | 'byMonth'>
export type Found = { readonly cells: PickedCell[]; readonly prepared: Prepared; readonly source: ReadFrom }

const COUNTS: ReadFrom = { from: 'counts' }

/** Reads what a question counts, from as little as tells it. */
export async function readCounted(
  sdb: ScopedSql,
  of: Counted,
  { fields, where }: { readonly fields: Fields; readonly where: Where },
): Promise<Found> {
  const named = fieldsNamed(of)
  const at = countsAt(of, where)
  const [first = KIND] = named
  const definition = fields.get(first)
  const counted = { field: definition ?? kinds, buckets: bucketsNeeded(of, first) }
  const cells =
    definition && definition.entity !== 'report'
      ? await readStocks(sdb, counted, at)
      : await readCells(sdb, counted, at)
  return { cells: selectCells(of, cells), prepared: { state: 'one' }, source: COUNTS }
}

const kinds: Series = { id: KIND }

export const countsAt = ({ measure, outcomes }: Counted, where: Where): CountsAt => ({
  ...where,
  outcomes,
  outcome: measure.of === 'outcome' ? measure.outcome : WON,
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
          { field: kinds, buckets: bucketsNeeded(of, KIND) },
          { ...at, period: { from: where.period.from, to: addMonths(last, -1) } },
        )
      : []
  const started = await countReports(sdb, { ...where, days: { from: firstDay(last), to: days.to } })
  const cut = started
    .filter(({ outcome }) => of.outcomes.length === 0 || of.outcomes.includes(outcome))
    .map(
      ({ territoryId, kind, outcome, n }): TableCell => ({
        territoryId,
        month: where.byMonth ? (last satisfies Month) : null,
        buckets: { [KIND]: kind },
        n,
        k: outcome === at.outcome ? n : 0,
        sum: 0,
      }),
    )
  return selectCells(of, [...whole, ...cut])
}
