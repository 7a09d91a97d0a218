import { lineMoves } from '@fieldback/db/analytics/fold.repo'
import { answersGiven, daysHolding } from '@fieldback/db/report/answered.repo'
import { countBeyond } from '@fieldback/db/report/beyond.repo'
import { demandedOfReports } from '@fieldback/db/report/demanded.repo'
import {
  countFound,
  listReports,
  type ReportFilter,
  type ReportLine,
  type ReportSearch,
  type ReportSpot,
  wayOf,
} from '@fieldback/db/report/report-list.repo'
import { noteUse } from '@fieldback/db/report/use.repo'
import { readKeptFrom } from '@fieldback/db/retention/retention.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { findStretches } from '@fieldback/db/territory/stretches.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { dayNumber, dayOfNumber } from '@fieldback/domain/agenda/day'
import { firstDay, type Month } from '@fieldback/domain/analytics/period'
import { FILTERS_MAX, filter } from '@fieldback/domain/analytics/question'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { typedDay } from '@fieldback/domain/typed'
import * as z from 'zod'

/** Reports of one file: more than any spreadsheet is pleasant with, less than the million rows that it holds. */
export const REPORT_EXPORT_MAX = 250_000

/** As many as a question to the figures names (analytics/question): its own, one that rows are by, and filters. */
const ANSWERED_MAX = FILTERS_MAX + 2
/** Reports that one page is sought among by their answers, which no index serves; and a number told in advance. */
const READ_MAX = { page: 30_000, count: 150_000 } as const

const day = typedDay.nullable().default(null)
/** What the reports of a branch are narrowed by; `account`: the beginning of its name. */
export const reportQuery = z.object({
  territoryId: z.uuid(),
  authorId: z.uuid().nullable().default(null),
  accountId: z.uuid().nullable().default(null),
  account: z.string().max(100).default(''),
  from: day,
  to: day,
  kind: z.enum(REPORT_KINDS).nullable().default(null),
  outcomes: z.array(z.enum(OUTCOMES)).max(OUTCOMES.length).default([]),
  toComplete: z.boolean().default(false),
  /** Those alone that figures count. */
  counted: z.boolean().default(false),
  /** Where they counted in the tree of their day, or where their accounts sit today. */
  basis: z.enum(['then', 'today']).default('today'),
  /** As organised then: those of this territory alone, as far as it lay in the branch. */
  below: z.uuid().nullable().default(null),
  /** What they answered: each of these, one of its buckets. */
  answers: z.array(filter).max(ANSWERED_MAX).default([]),
})
export type ReportQuery = z.infer<typeof reportQuery>

const cursor = z.object({ day: typedDay, id: z.uuid() })
export const reportPage = reportQuery.extend({
  cursor: cursor.nullish(),
  limit: z.int().min(1).max(100).default(50),
})

/**
 * What a query finds, once the right to its branch is sure. A closed territory is searched too: accounts may still sit there.
 * NOT_FOUND, FORBIDDEN.
 */
export async function openSearch(
  sdb: ScopedDb,
  { territoryId, account, answers, basis, below, ...rest }: ReportQuery,
): Promise<ReportSearch & { readonly territory: TerritoryRow }> {
  const territory = await requireTerritory(sdb, 'report.read', territoryId, { evenClosed: true })
  const then = basis === 'then' && (territory.parentId !== null || below !== null)
  const branch = {
    path: territory.path,
    whole: territory.parentId === null && !then,
    stretches: then ? await stretchesOf(sdb, { territoryId, below, ...rest }) : null,
  }
  const narrowed: ReportFilter = { ...rest, name: nameKey(account) }
  const demanded = await demandedOfReports(sdb)
  return {
    territory,
    branch,
    filter: narrowed,
    demanded,
    ...(answers.length > 0 ? { answers: await answersGiven(sdb, answers, territory.path) } : {}),
    way: await wayOf(sdb, branch, narrowed),
  }
}

async function stretchesOf(
  sdb: ScopedDb,
  { territoryId, below, from, to }: Pick<ReportQuery, 'territoryId' | 'below' | 'from' | 'to'>,
) {
  const days = { from: from ?? '0001-01-01', to: to ?? '9999-12-31' }
  const moves = await lineMoves(sdb.tx, sdb.scope.orgId, days.from)
  return findStretches(sdb, { tops: [territoryId], below }, { moves, days })
}

/**
 * `soFar`: the first day that was sought through, where that is not all; the next page goes on before it. `keptFrom`: reports before
 * this month are no longer kept, and the query reaches back beyond.
 */
export type ReportListPage = {
  readonly reports: readonly ReportLine[]
  readonly next: ReportSpot | null
  readonly soFar: string | null
  readonly keptFrom: Month | null
  /** With the first page, as organised then: how many count and are not listed, their accounts being beyond the reader's rights; `more`: or more. */
  readonly beyond: { readonly n: number; readonly more: boolean } | null
}

/** A page of the reports of a branch, newest first. */
export async function listPage(
  sdb: ScopedDb,
  { cursor: after = null, limit, ...query }: z.infer<typeof reportPage>,
): Promise<ReportListPage> {
  const soFar = await soughtFrom(sdb, query, after)
  const search = await openSearch(sdb, soFar === null ? query : { ...query, from: soFar })
  const lines = await listReports(sdb, search, { after, limit: limit + 1 })
  const reports = lines.slice(0, limit)
  await noteUse(
    sdb,
    'listed',
    reports.map(({ id }) => id),
  )
  const beyond = after === null ? await beyondOf(sdb, query) : null
  const edge = await readKeptFrom(sdb.tx, sdb.scope.orgId)
  const keptFrom = edge !== null && (query.from === null || query.from < firstDay(edge)) ? edge : null
  const last = reports.at(-1)
  if (lines.length > limit && last)
    return { reports, next: { day: last.day, id: last.id }, soFar: null, keptFrom, beyond }
  return { reports, next: soFar === null ? null : { day: soFar, id: BEFORE_ALL }, soFar, keptFrom, beyond }
}

/** Over all of the days. An account that the reader may not see is not sought by its name. */
async function beyondOf(sdb: ScopedDb, query: ReportQuery): Promise<ReportListPage['beyond']> {
  if (query.basis === 'today' || query.account !== '' || query.accountId !== null) return null
  const search = await openSearch(sdb, query)
  const { stretches } = search.branch
  return stretches && countBeyond(sdb, { ...search, stretches }, READ_MAX.page)
}

/** No report of a day comes before it. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** Sought by answers, a page reads so many reports and no more: the first day of these, where the query begins before. */
async function soughtFrom(
  sdb: ScopedDb,
  { answers, territoryId, basis, from, to }: ReportQuery,
  after: ReportSpot | null,
): Promise<string | null> {
  if (answers.length === 0) return null
  const until =
    after === null ? to : after.id === BEFORE_ALL ? dayOfNumber(dayNumber(after.day) - 1) : after.day
  const since = await daysHolding(sdb, { territoryId, basis, until, most: READ_MAX.page })
  return since !== null && (from === null || since > from) ? since : null
}

/** How many reports a file of this query would hold; `cut`: there are more than it takes. Null where too many would have to be read to tell. */
export async function countForExport(
  sdb: ScopedDb,
  query: ReportQuery,
): Promise<{ readonly rows: number | null; readonly cut: boolean }> {
  const { answers, territoryId, basis, from, to } = query
  const beyond =
    answers.length > 0
      ? await daysHolding(sdb, { territoryId, basis, until: to, most: READ_MAX.count })
      : null
  if (beyond !== null && (from === null || beyond > from)) return { rows: null, cut: false }
  const found = await countFound(sdb, await openSearch(sdb, query), REPORT_EXPORT_MAX + 1)
  return { rows: Math.min(found, REPORT_EXPORT_MAX), cut: found > REPORT_EXPORT_MAX }
}
