import { OBJECTIVE_WEEKS_MAX, OBJECTIVE_WHY_MAX } from '@fieldback/domain/objective/objective'
import { token, typedDay, typedText } from '@fieldback/domain/typed'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { listObjectives } from './list.ts'
import { endObjective, previewObjective, stateObjective } from './state.ts'

const meant = z.object({
  territoryId: z.uuid(),
  segment: z.object({
    kind: z.enum(['client', 'prospect']).nullable(),
    answer: z
      .object({
        fieldId: z.uuid(),
        of: z.enum(['account', 'contact']),
        options: z.array(token(100)).min(1).max(50).readonly(),
      })
      .nullable(),
  }),
  everyWeeks: z.int().min(1).max(OBJECTIVE_WEEKS_MAX).nullable(),
  fromDay: typedDay,
  toDay: typedDay,
})
const why = typedText(OBJECTIVE_WHY_MAX, 1)
const one = z.object({ objectiveId: z.uuid() })

/** What managers want visited, with the reason that reps read. */
export const objectiveRouter = router({
  list: scopedProcedure('objective.state')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => listObjectives(ctx.sdb, input.territoryId, ctx.deps.now())),

  preview: scopedProcedure('objective.state')
    .input(meant)
    .query(({ ctx, input }) => previewObjective(ctx.sdb, input)),

  state: scopedProcedure('objective.state')
    .input(meant.extend({ why }))
    .mutation(({ ctx, input }) => stateObjective(ctx.sdb, input, ctx.deps)),

  end: scopedProcedure('objective.state')
    .input(one)
    .mutation(({ ctx, input }) => endObjective(ctx.sdb, { ...input, ended: true }, ctx.deps)),

  resume: scopedProcedure('objective.state')
    .input(one)
    .mutation(({ ctx, input }) => endObjective(ctx.sdb, { ...input, ended: false }, ctx.deps)),
})
