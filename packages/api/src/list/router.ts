import { itemSpec, LIST_ITEMS_MAX, LIST_PASTE_MAX, listName } from '@fieldback/domain/list/list'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import {
  addItem,
  createList,
  nameList,
  pasteItems,
  removeList,
  restoreItems,
  restoreList,
  retireItems,
  retireList,
  setItem,
  tryItems,
} from './change.ts'
import { type ListPage, type ListsHere, readList, readLists, readOffered } from './read.ts'

const list = z.object({ listId: z.uuid() })
const listAt = list.extend({ territoryId: z.uuid() })
const pasted = listAt.extend({ text: z.string().max(LIST_PASTE_MAX) })
const items = z.object({ itemIds: z.array(z.uuid()).min(1).max(LIST_ITEMS_MAX) })

/** What questions are answered from: lists of a territory, to which the levels below add. */
export const listRouter = router({
  list: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }): Promise<ListsHere> => readLists(ctx.sdb, input.territoryId)),

  read: scopedProcedure('field.read')
    .input(
      listAt.extend({
        search: z.string().max(100).default(''),
        retired: z.boolean().default(false),
        page: z.int().min(0).max(LIST_ITEMS_MAX).default(0),
      }),
    )
    .query(({ ctx, input }): Promise<ListPage> => readList(ctx.sdb, input, input)),

  /** What a question of a territory would offer. */
  offered: scopedProcedure('field.read')
    .input(listAt)
    .query(({ ctx, input }) => readOffered(ctx.sdb, input)),

  create: scopedProcedure('field.define')
    .input(z.object({ territoryId: z.uuid(), name: listName }))
    .mutation(({ ctx, input }) => createList(ctx.sdb, input, ctx.deps.newId)),

  rename: scopedProcedure('field.define')
    .input(list.extend({ name: listName, known: listName }))
    .mutation(({ ctx, input }) => nameList(ctx.sdb, input, ctx.deps.newId)),

  addItem: scopedProcedure('field.define')
    .input(listAt.extend({ item: itemSpec }))
    .mutation(({ ctx, input }) => addItem(ctx.sdb, input, ctx.deps.newId)),

  /** What a pasted text would do, line by line. Changes nothing: a mutation because a text outgrows an address. */
  tryItems: scopedProcedure('field.define')
    .input(pasted)
    .mutation(({ ctx, input }) => tryItems(ctx.sdb, input, ctx.deps.newId)),

  pasteItems: scopedProcedure('field.define')
    .input(pasted)
    .mutation(({ ctx, input }) => pasteItems(ctx.sdb, input, ctx.deps.newId)),

  setItem: scopedProcedure('field.define')
    .input(z.object({ itemId: z.uuid(), item: itemSpec, known: itemSpec }))
    .mutation(({ ctx, input }) => setItem(ctx.sdb, input, ctx.deps.newId)),

  retireItems: scopedProcedure('field.define')
    .input(items)
    .mutation(({ ctx, input }) => retireItems(ctx.sdb, input.itemIds, ctx.deps)),

  restoreItems: scopedProcedure('field.define')
    .input(items)
    .mutation(({ ctx, input }) => restoreItems(ctx.sdb, input.itemIds, ctx.deps.newId)),

  /** Lets no question name it any more; it can be brought back for thirty days. */
  retire: scopedProcedure('field.define')
    .input(list)
    .mutation(({ ctx, input }) => retireList(ctx.sdb, input.listId, ctx.deps)),

  restore: scopedProcedure('field.define')
    .input(list)
    .mutation(({ ctx, input }) => restoreList(ctx.sdb, input.listId, ctx.deps.newId)),

  remove: scopedProcedure('field.define')
    .input(list)
    .mutation(({ ctx, input }) => removeList(ctx.sdb, input.listId, ctx.deps.newId)),
})
