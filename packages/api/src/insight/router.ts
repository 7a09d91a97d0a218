import { INSIGHT_KEY_MAX } from '@fieldback/domain/insight/insight'
import * as z from 'zod'
import { router, sqlProcedure } from '../trpc.ts'
import { judgeInsight, listInsights } from './list.ts'

/** What figures say, as the monthly run left it. */
export const insightRouter = router({
  /** What may be told of a territory: there, below, and above. */
  list: sqlProcedure('giveback.read', { reading: true })
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => listInsights(ctx.sdb, input.territoryId)),

  /** What the reader thinks of one; null takes it back. */
  judge: sqlProcedure('giveback.read')
    .input(z.object({ key: z.string().min(1).max(INSIGHT_KEY_MAX), useful: z.boolean().nullable() }))
    .mutation(({ ctx, input }) => judgeInsight(ctx.sdb, input, ctx.deps.now())),
})
