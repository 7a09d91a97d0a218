import { CONTEST_WORD_MAX } from '@fieldback/domain/contest/contest'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { answer } from './answer.ts'
import { CONTESTS_MOST, readContests } from './list.ts'

const contested = {
  fieldId: z.uuid(),
  contestIds: z.array(z.uuid()).min(1).max(CONTESTS_MOST),
}
const reason = z.string().trim().max(CONTEST_WORD_MAX)

/** Who contests does so on a phone: contest.open, an operation of sync.push. */
export const contestRouter = router({
  /** What is contested in a territory's questions and in those it is asked from above. */
  list: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => readContests(ctx.sdb, input.territoryId, ctx.me)),

  /** The owner's answer; a question that stays says why. */
  answer: scopedProcedure('field.define')
    .input(
      z.discriminatedUnion('kind', [
        z.object({ ...contested, kind: z.literal('keep'), reason: reason.min(1) }),
        z.object({
          ...contested,
          kind: z.enum(['change', 'retire']),
          reason: reason.nullable().default(null),
        }),
      ]),
    )
    .mutation(({ ctx, input }) => answer(ctx.sdb, { ...input, reason: input.reason || null }, ctx.deps)),
})
