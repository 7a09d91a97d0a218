import { type AccountLine, listAccounts } from '@fieldback/db/account/account.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { nameKey } from '@fieldback/domain/account/normalise'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { MOVE_MAX, move } from './move.ts'

const cursor = z.object({ nameKey: z.string().max(400), id: z.uuid() })
export type AccountCursor = z.infer<typeof cursor>

export const accountRouter = router({
  /** Accounts of a branch by name, a page at a time; `home` keeps those whose home is exactly the territory. */
  list: scopedProcedure('account.read')
    .input(
      z.object({
        territoryId: z.uuid(),
        home: z.boolean().default(false),
        search: z.string().max(100).default(''),
        kind: z.enum(['client', 'prospect']).nullable().default(null),
        cursor: cursor.nullish(),
        limit: z.int().min(1).max(100).default(50),
      }),
    )
    .query(async ({ ctx, input }): Promise<{ accounts: AccountLine[]; next: AccountCursor | null }> => {
      const branch = await requireTerritory(ctx.sdb, 'account.read', input.territoryId)
      const lines = await listAccounts(ctx.sdb, {
        branch: branch.path,
        whole: branch.parentId === null && !input.home,
        homeOnly: input.home,
        search: nameKey(input.search),
        kind: input.kind,
        after: input.cursor ?? null,
        limit: input.limit + 1,
      })
      const accounts = lines.slice(0, input.limit)
      const last = accounts.at(-1)
      const more = lines.length > input.limit && last !== undefined
      return { accounts, next: more ? { nameKey: last.nameKey, id: last.id } : null }
    }),

  move: scopedProcedure('account.move')
    .input(z.object({ accountIds: z.array(z.uuid()).min(1).max(MOVE_MAX), territoryId: z.uuid() }))
    .mutation(({ ctx, input }) => move(ctx.sdb, input, ctx.deps)),
})
