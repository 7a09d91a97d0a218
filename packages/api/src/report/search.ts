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
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { nameKey } from '@fieldback/domain/account/normalise'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import * as z from 'zod'

/** Reports of one file: more than any spreadsheet is pleasant with, less than the million rows that it holds. */
export const REPORT_EXPORT_MAX = 250_000

const day = z.iso.date().nullable().default(null)
/** What the reports of a branch are narrowed by; `account`: the beginning of its name. */
export const reportQuery = z.object({
  territoryId: z.uuid(),
  authorId: z.uuid().nullable().default(null),
  accountId: z.uuid().nullable().default(null),
  account: z.string().max(100).default(''),
  from: day,
  to: day,
  kind: z.enum(REPORT_KINDS).nullable().default(null),
  outcome: z.enum(OUTCOMES).nullable().default(null),
  toComplete: z.boolean().default(false),
})
export type ReportQuery = z.infer<typeof reportQuery>

const cursor = z.object({ day: z.iso.date(), id: z.uuid() })
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
  { territoryId, account, ...rest }: ReportQuery,
): Promise<ReportSearch & { readonly territory: TerritoryRow }> {
  const territory = await requireTerritory(sdb, 'report.read', territoryId, { evenClosed: true })
  const branch = { path: territory.path, whole: territory.parentId === null }
  const filter: ReportFilter = { ...rest, name: nameKey(account) }
  const demanded = await demandedOfReports(sdb)
  return { territory, branch, filter, demanded, way: await wayOf(sdb, branch, filter) }
}

export type ReportListPage = { readonly reports: readonly ReportLine[]; readonly next: ReportSpot | null }

/** A page of the reports of a branch, newest first. */
export async function listPage(
  sdb: ScopedDb,
  { cursor: after = null, limit, ...query }: z.infer<typeof reportPage>,
): Promise<ReportListPage> {
  const search = await openSearch(sdb, query)
  const lines = await listReports(sdb, search, { after, limit: limit + 1 })
  const reports = lines.slice(0, limit)
  await noteUse(
    sdb,
    'listed',
    reports.map(({ id }) => id),
  )
  const last = reports.at(-1)
  return { reports, next: lines.length > limit && last ? { day: last.day, id: last.id } : null }
}

/** How many reports a file of this query would hold; `cut`: there are more than it takes. */
export async function countForExport(
  sdb: ScopedDb,
  query: ReportQuery,
): Promise<{ readonly rows: number; readonly cut: boolean }> {
  const found = await countFound(sdb, await openSearch(sdb, query), REPORT_EXPORT_MAX + 1)
  return { rows: Math.min(found, REPORT_EXPORT_MAX), cut: found > REPORT_EXPORT_MAX }
}
