import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { auditWaste } from './audit.ts'

/** What questions cost and give back: per question and branch, never per person. */
export const wasteRouter = router({
  audit: scopedProcedure('analytics.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => auditWaste(ctx.sdb, input.territoryId)),
})
