import { type AccountLine, accountsNumbered, listAccounts } from '@fieldback/db/account/account.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { accountFilter } from '@fieldback/domain/account/account-filter'
import { nameKey } from '@fieldback/domain/account/normalise'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { chosenBy } from './chosen-by.ts'
import { listArrivals } from './handover.ts'
import { MOVE_MAX, move } from './move.ts'
import {
  listKept,
  listReassignments,
  previewReassign,
  reassign,
  requireChosen,
  undoReassign,
} from './reassign.ts'

const reassignInput = z.object({ filter: accountFilter, toId: z.uuid() })
const cursor = z.object({ nameKey: z.string().max(400), id: z.uuid() })
export type AccountCursor = z.infer<typeof cursor>

export const accountRouter = router({
  /**
   * Accounts of a branch by name, a page at a time, before them the one whose client number is what is sought; `home`
   * keeps those whose home is exactly the territory. A closed territory is listed too: accounts may have come in after.
   */
  list: scopedProcedure('account.read')
    .input(
      accountFilter.extend({
        cursor: cursor.nullish(),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .query(async ({ ctx, input }): Promise<{ accounts: AccountLine[]; next: AccountCursor | null }> => {
      const branch = await requireTerritory(ctx.sdb, 'account.read', input.territoryId, {
        evenClosed: true,
      })
      const { home: homeOnly, kind, town, answer, limit } = input
      if (answer) await requireChosen(ctx.sdb, answer.fieldId, branch)
      // A whole number names one account, whatever else is asked of it.
      const number = town === '' && answer === null ? input.search : ''
      const numbered =
        number === '' ? [] : await accountsNumbered(ctx.sdb, { branch: branch.path, homeOnly, kind, number })
      const lines = await listAccounts(ctx.sdb, {
        branch: branch.path,
        whole: branch.parentId === null && !homeOnly,
        homeOnly,
        search: nameKey(input.search),
        kind,
        town,
        answer,
        after: input.cursor ?? null,
        limit: limit + 1,
      })
      const named = lines.slice(0, limit)
      const last = named.at(-1)
      const more = lines.length > limit && last !== undefined
      const others = named.filter(({ id }) => !numbered.some((one) => one.id === id))
      return {
        accounts: input.cursor ? others : [...numbered, ...others],
        next: more ? { nameKey: last.nameKey, id: last.id } : null,
      }
    }),

  move: scopedProcedure('account.move')
    .input(z.object({ accountIds: z.array(z.uuid()).min(1).max(MOVE_MAX), territoryId: z.uuid() }))
    .mutation(({ ctx, input }) => move(ctx.sdb, input, ctx.deps)),

  /** Questions of accounts whose answers they may be chosen by, in a branch: at most fifty. */
  chosenBy: scopedProcedure('account.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => chosenBy(ctx.sdb, input.territoryId)),

  arrivals: scopedProcedure('account.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => listArrivals(ctx.sdb, input.territoryId)),

  previewReassign: scopedProcedure('account.move')
    .input(reassignInput)
    .query(({ ctx, input }) => previewReassign(ctx.sdb, input)),

  reassign: scopedProcedure('account.move')
    .input(reassignInput)
    .mutation(({ ctx, input }) => reassign(ctx.sdb, input, ctx.deps)),

  undoReassign: scopedProcedure('account.move')
    .input(z.object({ reassignmentId: z.uuid() }))
    .mutation(({ ctx, input }) => undoReassign(ctx.sdb, input.reassignmentId, ctx.deps)),

  /** Reassignments of a branch with how far they are: the last twenty. */
  reassignments: scopedProcedure('account.move')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => listReassignments(ctx.sdb, input.territoryId, ctx.deps.now())),

  keptBack: scopedProcedure('account.move')
    .input(z.object({ reassignmentId: z.uuid() }))
    .query(({ ctx, input }) => listKept(ctx.sdb, input.reassignmentId)),
})
