import {
  asideSettled,
  contactsOf,
  countAside,
  homeOf,
  takeBackAside,
} from '@fieldback/db/quarantine/quarantine.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { RETURN_WORD_MAX, repair } from '@fieldback/domain/quarantine/repair'
import * as z from 'zod'
import { memberProcedure, router, scopedProcedure } from '../trpc.ts'
import { accept } from './accept.ts'
import { asidePage, listPage } from './list.ts'
import { readAside } from './read.ts'
import { requireHeld } from './require-held.ts'
import { returnToAuthor } from './return.ts'

/** Beyond, a number says no more than "many". */
const COUNT_MAX = 100
/** What a phone asks about at once: far more than any has had put aside. */
const ASKED_MAX = 200

const item = z.object({ itemId: z.uuid() })

/** What phones sent and could not be filed: managers repair it or give it back. */
export const quarantineRouter = router({
  /** What waits in a branch, longest first, or what was settled there, last first, a page at a time. */
  list: scopedProcedure('quarantine.settle')
    .input(asidePage)
    .query(({ ctx, input }) => listPage(ctx.sdb, input)),

  /** How much waits in a branch; `more`: at least as much. */
  count: scopedProcedure('quarantine.settle')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }) => {
      const branch = await requireTerritory(ctx.sdb, 'quarantine.settle', input.territoryId, {
        evenClosed: true,
      })
      const waiting = await countAside(ctx.sdb, branch.path, { limit: COUNT_MAX })
      return { waiting, more: waiting === COUNT_MAX }
    }),

  /** One thing put aside, with everything typed in it that can be read. */
  get: scopedProcedure('quarantine.settle')
    .input(item)
    .query(({ ctx, input }) => readAside(ctx.sdb, input.itemId)),

  /** The people of an account that a report may be about. */
  contacts: scopedProcedure('quarantine.settle')
    .input(z.object({ accountId: z.uuid() }))
    .query(async ({ ctx, input }) => {
      requireHeld(ctx.sdb.scope, await homeOf(ctx.sdb, input.accountId), 'account')
      return contactsOf(ctx.sdb, input.accountId)
    }),

  /** Files it as if it had come well, with what is given for what was refused. */
  accept: scopedProcedure('quarantine.settle')
    .input(item.extend({ repair: repair.default({}) }))
    .mutation(({ ctx, input }) => accept(ctx.sdb, input, ctx)),

  /** Gives it back to whoever typed it, with a sentence. */
  return: scopedProcedure('quarantine.settle')
    .input(item.extend({ word: z.string().trim().min(1).max(RETURN_WORD_MAX) }))
    .mutation(({ ctx, input }) => returnToAuthor(ctx.sdb, input, ctx.deps)),

  /** What became of the caller's own that his phone holds as put aside; `takenBack`: what he does anew or threw away. */
  told: memberProcedure
    .input(
      z.object({
        opIds: z.array(z.uuid()).max(ASKED_MAX),
        takenBack: z.array(z.uuid()).max(ASKED_MAX).default([]),
      }),
    )
    .mutation(async ({ ctx, input: { opIds, takenBack } }) => {
      await takeBackAside(ctx.sdb, takenBack, ctx.deps.now())
      return { settled: await asideSettled(ctx.sdb, [...opIds, ...takenBack]) }
    }),
})
