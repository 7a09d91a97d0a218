import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { auditWaste } from './audit.ts'
import { keep, retireProposed } from './keep.ts'

/** What questions cost and give back: per question and branch, never per person. */
export const wasteRouter = router({
  audit: scopedProcedure('analytics.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => auditWaste(ctx.sdb, input.territoryId)),

  /** A question that is about to be retired for want of use stays. */
  keep: scopedProcedure('field.define')
    .input(z.object({ fieldId: z.uuid() }))
    .mutation(({ ctx, input }) => keep(ctx.sdb, input.fieldId, ctx.deps.newId)),

  /** A question is no longer asked, as the audit proposed, unless its owner has kept it since. */
  retire: scopedProcedure('field.define')
    .input(z.object({ fieldId: z.uuid() }))
    .mutation(({ ctx, input }) => retireProposed(ctx.sdb, input.fieldId, ctx.deps)),
})
