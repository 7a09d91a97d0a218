import { PINS_MAX, viewName, viewQuery } from '@fieldback/domain/view/view'
import * as z from 'zod'
import { keeping } from '../analytics/keep-pairs.ts'
import { router, scopedProcedure, sqlProcedure } from '../trpc.ts'
import { board } from './board.ts'
import {
  changeView,
  keepView,
  listed,
  opened,
  orderBoard,
  pinView,
  removeView,
  restoreView,
  sendWeekly,
} from './keep.ts'

const look = sqlProcedure('analytics.read', { reading: true })
const read = scopedProcedure('analytics.read')
const one = z.object({ viewId: z.uuid() })
const kept = z.object({ name: viewName, query: viewQuery, territoryId: z.uuid().nullable() })

/** Views of the explorer that are kept: by whom, for whom, and what each reader does with them. They hold no figure. */
export const viewRouter = router({
  /** The reader's tiles with their figures, in one request. */
  board: look.query(({ ctx }) => board(ctx.sdb, keeping(ctx.deps, ctx.sdb.scope))),

  /** Where one view leads its reader. */
  open: look.input(one).query(({ ctx, input }) => opened(ctx.sdb, input.viewId)),

  list: look.query(({ ctx }) => listed(ctx.sdb)),

  keep: read.input(kept).mutation(({ ctx, input }) => keepView(ctx.sdb, input, ctx.deps)),

  change: read
    .input(kept.extend({ viewId: z.uuid() }))
    .mutation(({ ctx, input }) => changeView(ctx.sdb, input, ctx.deps)),

  remove: read.input(one).mutation(({ ctx, input }) => removeView(ctx.sdb, input.viewId, ctx.deps)),

  restore: read.input(one).mutation(({ ctx, input }) => restoreView(ctx.sdb, input.viewId)),

  pin: read.input(one.extend({ pinned: z.boolean() })).mutation(({ ctx, input }) => pinView(ctx.sdb, input)),

  order: read
    .input(z.object({ viewIds: z.array(z.uuid()).max(PINS_MAX) }))
    .mutation(({ ctx, input }) => orderBoard(ctx.sdb, input.viewIds)),

  weekly: read
    .input(one.extend({ weekly: z.boolean() }))
    .mutation(({ ctx, input }) => sendWeekly(ctx.sdb, input)),
})
