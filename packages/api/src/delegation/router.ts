import { RANKS } from '@fieldback/domain/territory/rank'
import { typedDay } from '@fieldback/domain/typed'
import * as z from 'zod'
import { memberProcedure, router, scopedProcedure } from '../trpc.ts'
import { give, setBack } from './give.ts'
import { keepLevels, readLevels } from './levels.ts'
import { readDefiners, readReceived, readReceivers } from './list.ts'

const day = typedDay
const atTerritory = z.object({ territoryId: z.uuid() })
const delegationId = z.object({ delegationId: z.uuid() })
const ranks = z.array(z.literal(RANKS)).max(RANKS.length)

export const delegationRouter = router({
  /** Who may ask questions at a territory, by role and by delegation. */
  list: scopedProcedure('field.define')
    .input(atTerritory)
    .query(({ ctx, input }) => readDefiners(ctx.sdb, input.territoryId)),

  /** Whom the reader may give the right at a territory or below: those who stand there and do not have it. */
  receivers: scopedProcedure('field.define')
    .input(atTerritory)
    .query(({ ctx, input }) => readReceivers(ctx.sdb, input.territoryId)),

  /** What was handed on to the reader himself. */
  received: memberProcedure.query(({ ctx }) => readReceived(ctx.sdb)),

  give: scopedProcedure('field.define')
    .input(atTerritory.extend({ receiverId: z.uuid(), validFrom: day, validTo: day.nullable() }))
    .mutation(({ ctx, input }) => give(ctx.sdb, input, ctx.deps.newId)),

  takeBack: scopedProcedure('field.define')
    .input(delegationId)
    .mutation(({ ctx, input }) => setBack(ctx.sdb, { ...input, back: true }, ctx.deps)),

  giveAgain: scopedProcedure('field.define')
    .input(delegationId)
    .mutation(({ ctx, input }) => setBack(ctx.sdb, { ...input, back: false }, ctx.deps)),

  /** Levels at which the organisation lets headquarters alone ask questions. */
  levels: scopedProcedure('organisation.administer').query(({ ctx }) => readLevels(ctx.sdb)),

  keepLevels: scopedProcedure('organisation.administer')
    .input(z.object({ ranks, known: ranks.optional() }))
    .mutation(({ ctx, input }) => keepLevels(ctx.sdb, input, ctx.deps.newId)),
})
