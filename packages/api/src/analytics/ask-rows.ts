import { readCells } from '@fieldback/db/analytics/ask.repo'
import { findLines, lineMoves } from '@fieldback/db/analytics/fold.repo'
import { type FiledInTree, type RowsOf, readReportRows } from '@fieldback/db/analytics/report-rows.repo'
import { countHeld, readStockRows as readHeld } from '@fieldback/db/analytics/stock-rows.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { findStretches } from '@fieldback/db/territory/stretches.repo'
import type { Prepared } from '@fieldback/domain/analytics/findings'
import { withAnswered } from '@fieldback/domain/analytics/fold'
import { firstDay, lastDay, monthOfDay } from '@fieldback/domain/analytics/period'
import { pickReports } from '@fieldback/domain/analytics/pick-reports'
import { fieldsNamed } from '@fieldback/domain/analytics/question'
import { bucketedAnswers } from '@fieldback/domain/analytics/report-fact'
import { daysBetweenReads } from '@fieldback/domain/analytics/sample'
import { seriesOf } from '@fieldback/domain/analytics/series'
import type { Counted } from '@fieldback/domain/analytics/way'
import { WON } from '@fieldback/domain/report/report'
import { countsAt, type Fields, type Found, KINDS, type Where } from './ask-counts.ts'
import { bucketsBy, knowledgeOf } from './report-facts.ts'

/** Reports that are read at most where nothing is counted in advance: some tenths of a second. */
export const ROWS_MAX = 20_000

/** From the reports themselves: all of them, or where there are too many one day in so many of each territory. */
export async function readRows(
  sdb: ScopedSql,
  of: Counted,
  {
    fields,
    where,
    prepared,
  }: { readonly fields: Fields; readonly where: Where; readonly prepared: Prepared },
): Promise<Found> {
  const { territory, byMonth, territoryIds } = where
  const at = countsAt(of, where)
  const all = await readCells(
    sdb,
    { field: KINDS, buckets: 'together' },
    { ...at, outcomes: [], byMonth: false, territoryIds: [territory.id] },
  )
  const standing = all.reduce((sum, { n }) => sum + n, 0)
  const every = daysBetweenReads(standing, ROWS_MAX)
  const known = await knowledgeOf(sdb.tx, sdb.scope.orgId, seriesNamed(of, fields))
  const { filed, read } = await readReportRows(sdb, {
    of: await rowsOf(sdb, where),
    period: where.period,
    byMonth,
    every,
    ids: known.ids,
    // A little more where days happen to be fuller.
    limit: 2 * ROWS_MAX,
  })
  const lineOf = await findLines(sdb.tx, sdb.scope.orgId, {
    territoryIds: filed.map(({ thenAt }) => thenAt),
    days: filed.flatMap(({ treeOf }) => treeOf ?? []),
  })
  const bucketsOf = bucketsBy(known)
  const among = new Map<string, readonly string[]>()
  const amongOf = ({ thenAt, treeOf }: FiledInTree): readonly string[] => {
    const key = `${thenAt} ${treeOf ?? ''}`
    const line = lineOf(thenAt, treeOf ?? undefined)
    const counted = among.get(key) ?? territoryIds.filter((id) => line.includes(id))
    among.set(key, counted)
    return counted
  }
  const reports = filed.map((one) => ({
    territoryIds: amongOf(one),
    month: byMonth ? monthOfDay(one.day) : null,
    outcome: one.outcome,
    n: one.n,
    buckets: bucketsOf(one),
  }))
  return {
    cells: pickReports(of, reports, { fields, outcome: at.outcome }),
    prepared,
    source: { from: 'rows', read, limit: ROWS_MAX, every },
  }
}

/** As organised then, all that counts in one of the territories asked about: those of a level may have lain outside of the branch. */
async function rowsOf(sdb: ScopedSql, { basis, period, territory, territoryIds }: Where): Promise<RowsOf> {
  if (basis === 'today')
    return { basis, branch: { path: territory.path, whole: territory.parentId === null } }
  const days = { from: firstDay(period.from), to: lastDay(period.to) }
  const moves = await lineMoves(sdb.tx, sdb.scope.orgId, days.from)
  return {
    basis,
    stretches: await findStretches(sdb, { tops: territoryIds }, { moves, days }),
    lastDays: [...new Set(moves.map((move) => move.lastDay))],
  }
}

/** From the accounts or contacts themselves: what they hold is counted by one question at a time. */
export async function readStockRows(
  sdb: ScopedSql,
  of: Counted,
  { fields, where: { territory, territoryIds } }: { readonly fields: Fields; readonly where: Where },
): Promise<Found> {
  const entity = [...fields.values()].some((field) => field.entity === 'contact') ? 'contact' : 'account'
  const held = await countHeld(sdb, territory.path)
  const every = Math.max(1, Math.ceil(held / ROWS_MAX))
  const known = await knowledgeOf(sdb.tx, sdb.scope.orgId, seriesNamed(of, fields))
  const alike = await readHeld(sdb, { entity, path: territory.path, every, ids: known.ids })
  const lineOf = await findLines(sdb.tx, sdb.scope.orgId, {
    territoryIds: alike.map(({ home }) => home),
    days: [],
  })
  const counted = alike.map(({ home, values, n }) => ({
    territoryIds: territoryIds.filter((id) => lineOf(home).includes(id)),
    month: null,
    outcome: WON,
    n,
    buckets: withAnswered(bucketedAnswers(entity, values, known.counting)),
  }))
  return {
    cells: pickReports(of, counted, { fields, outcome: null }),
    prepared: { state: 'never', why: 'stock' },
    source: { from: 'rows', read: Math.ceil(held / every), limit: ROWS_MAX, every },
  }
}

/** Questions whose answers are counted, with those read as theirs. */
const seriesNamed = (of: Counted, fields: Fields): string[] => [
  ...new Set(fieldsNamed(of).flatMap((id) => seriesOf(fields.get(id) ?? { id }))),
]
