import { type DigestSpan, LEADING, SPANS } from '@fieldback/domain/coaching/digest'
import { COACHING_SUBJECTS, COACHING_TEXT_MAX } from '@fieldback/domain/coaching/note'
import { typedText } from '@fieldback/domain/typed'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { listNotes } from './notes.ts'
import { accountsBehind, viewCoaching } from './view.ts'
import { editNote, takeBackNote, writeNote } from './write.ts'

const place = z.object({ territoryId: z.uuid() })
const view = place.extend({ span: z.enum(SPANS as [DigestSpan, ...DigestSpan[]]) })
const text = typedText(COACHING_TEXT_MAX, 1)

/** How managers help: what a branch learned, and what they write to its reps. */
export const coachingRouter = router({
  /** What a branch learned, how deep its reports are, what was done with them. */
  view: scopedProcedure('analytics.read')
    .input(view)
    .query(({ ctx, input }) => viewCoaching(ctx.sdb, input, ctx.deps.now())),

  /** The accounts behind one of its figures. */
  behind: scopedProcedure('analytics.read')
    .input(view.extend({ figure: z.enum(LEADING) }))
    .query(({ ctx, input }) => accountsBehind(ctx.sdb, input)),

  notes: scopedProcedure('coaching.write')
    .input(place)
    .query(({ ctx, input }) => listNotes(ctx.sdb, input.territoryId)),

  /** Shown to the rep the moment it is written. */
  write: scopedProcedure('coaching.write')
    .input(
      place.extend({
        memberId: z.uuid(),
        about: z
          .object({ kind: z.enum(COACHING_SUBJECTS), id: z.uuid() })
          .nullable()
          .default(null),
        text,
      }),
    )
    .mutation(({ ctx, input }) => writeNote(ctx.sdb, input, ctx.deps)),

  edit: scopedProcedure('coaching.write')
    .input(z.object({ noteId: z.uuid(), text }))
    .mutation(({ ctx, input }) => editNote(ctx.sdb, input, ctx.deps)),

  withdraw: scopedProcedure('coaching.write')
    .input(z.object({ noteId: z.uuid() }))
    .mutation(({ ctx, input }) => takeBackNote(ctx.sdb, input.noteId, ctx.deps)),
})
