import { reportAuthors } from '@fieldback/db/report/report-list.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { readWhole } from './read.ts'
import { countForExport, listPage, reportPage, reportQuery } from './search.ts'

/** More people than this are sought by their territory. */
const AUTHORS_MAX = 2_000

export const reportRouter = router({
  /** Reports of a branch, newest first, narrowed, a page at a time; by where their accounts sit today. */
  list: scopedProcedure('report.read')
    .input(reportPage)
    .query(({ ctx, input }) => listPage(ctx.sdb, input)),

  /** Who has filed reports of a branch, for the filter. */
  authors: scopedProcedure('report.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }) => {
      await requireTerritory(ctx.sdb, 'report.read', input.territoryId, { evenClosed: true })
      return reportAuthors(ctx.sdb, input.territoryId, AUTHORS_MAX)
    }),

  /** One report, with its answers under the words of then and its corrections. */
  get: scopedProcedure('report.read')
    .input(z.object({ reportId: z.uuid() }))
    .query(({ ctx, input }) => readWhole(ctx.sdb, input.reportId)),

  /** How many reports a file would hold, told before it is asked for. */
  countForExport: scopedProcedure('report.read')
    .input(reportQuery)
    .query(({ ctx, input }) => countForExport(ctx.sdb, input)),
})
