import { readTook, type TookOfMonth } from '@fieldback/db/analytics/ask.repo'
import type { OwnedField } from '@fieldback/db/analytics/place.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import type { Figure, FindingRow, Findings } from '@fieldback/domain/analytics/findings'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import {
  daysOf,
  type Month,
  monthsOf,
  type Period,
  periodBefore,
  yearBefore,
} from '@fieldback/domain/analytics/period'
import type { Question } from '@fieldback/domain/analytics/question'
import { TOOK_MIN } from '@fieldback/domain/field/entry-seconds'
import { medianOfBins } from '@fieldback/domain/field/seconds-histogram'
import { namedField } from './ask-axes.ts'
import { placeRef } from './figure.ts'
import { keptFor, toldKept } from './kept.ts'

/**
 * How long answers to a question take, of all who are asked it: times are kept by question and month, without territory or person. Told of five
 * people and thirty answers or more.
 */
export async function askEntry(sdb: ScopedSql, question: Question, owned: OwnedField): Promise<Findings> {
  const { period, compare, split } = question
  const past =
    compare?.with === 'previous' ? periodBefore(period) : compare?.with === 'year' ? yearBefore(period) : null
  const [now, before, kept] = await Promise.all([
    readTook(sdb, owned.field, period),
    past && readTook(sdb, owned.field, past),
    keptFor(sdb, null),
  ])
  const today = sdb.scope.day
  const rowAt = (month: number | null): FindingRow => {
    const at = (of: Period) => (month === null ? null : (monthsOf(of)[month] ?? null))
    const here = at(period)
    return {
      at: here === null ? [] : [here],
      now: figureOf(now, here),
      before: past && before && figureOf(before, at(past)),
      verdict: null,
    }
  }
  const months = split.length > 0 ? monthsOf(period) : []
  return {
    measured: namedField(owned),
    filters: [],
    place: placeRef(owned.owner),
    comparedPlace: null,
    axes: months.length > 0 ? [{ by: 'month', months }] : [],
    rows: months.map((_, month) => rowAt(month)),
    total: rowAt(null),
    direct: null,
    part: [],
    method: null,
    days: daysOf(period, today),
    comparedDays: past && daysOf(past, today),
    alone: null,
    prepared: { state: 'one' },
    source: { from: 'counts' },
    counting: null,
    kept: toldKept(kept, [period, past]),
    cut: [],
  }
}

const NOTHING: Figure = {
  value: null,
  low: null,
  high: null,
  k: null,
  n: 0,
  people: 0,
  between: null,
  hidden: null,
}

function figureOf(took: readonly TookOfMonth[], month: Month | null): Figure {
  const found = took.find((one) => one.month === month)
  if (!found) return NOTHING
  const { people, bins } = found
  const n = bins.reduce((sum, bin) => sum + bin.n, 0)
  if (people < GROUP_MIN)
    return { ...NOTHING, n, people, hidden: { reason: 'people', have: people, need: GROUP_MIN } }
  const median = medianOfBins(bins)
  if (n < TOOK_MIN || !median)
    return { ...NOTHING, n, people, hidden: { reason: 'cases', have: n, need: TOOK_MIN } }
  const { seconds, from, to } = median
  return { ...NOTHING, value: seconds, n, people, between: { from, to } }
}
