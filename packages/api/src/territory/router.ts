import { levelNames } from '@fieldback/db/territory/territory.repo'
import { clashChoices } from '@fieldback/domain/territory/clash-choice'
import { RANKS } from '@fieldback/domain/territory/rank'
import { rehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { sectorAsk } from '@fieldback/domain/territory/sector-ask'
import { territoryCode, territoryName } from '@fieldback/domain/territory/tree-step'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { add, changeCode, close, reopen } from './administer.ts'
import { readAdministered } from './administered.ts'
import { createSubSector, rename } from './arrange.ts'
import { previewMerge, previewMove } from './gesture-preview.ts'
import { merge, split, undo } from './gestures.ts'
import { mergeTargets, moveTerritory, possibleParents } from './move-territory.ts'
import { readPage } from './page.ts'
import { arrangementsAt, askOfSector, previewRule, rulePlaces } from './sector-rule.ts'
import { previewSplit, splitChoices } from './split-preview.ts'
import { readTree } from './tree.ts'

const [name, code] = [territoryName, territoryCode]
const search = z.object({
  territoryId: z.uuid(),
  search: z.string().max(100).default(''),
  first: z.uuid().nullable().default(null),
})
const placing = z.object({
  territoryId: z.uuid(),
  parentId: z.uuid(),
  clashes: clashChoices.default([]),
})
const pair = z.object({ territoryId: z.uuid(), intoId: z.uuid(), clashes: clashChoices.default([]) })

/** Thousands of reports or of rows of figures are counted elsewhere: that may take longer than a procedure's two seconds. */
const LONG = { timeout: 15_000 }

export const territoryRouter = router({
  /** The reader's branches, opened where asked or filtered by name, with the accounts of each branch. */
  tree: scopedProcedure('territory.read')
    .input(
      z.object({
        at: z.uuid().nullable().default(null),
        open: z.array(z.uuid()).max(200).default([]),
        filter: z.string().max(100).default(''),
        closed: z.boolean().default(false),
      }),
    )
    .query(({ ctx, input }) => readTree(ctx.sdb, input)),

  /** How the organisation calls its levels, by rank. */
  levels: scopedProcedure('territory.read').query(({ ctx }) => levelNames(ctx.sdb)),

  /** One territory's page: figures, what lies under it, what a report asks there, and what the reader may do. */
  get: scopedProcedure('territory.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => readPage(ctx.sdb, input.territoryId)),

  createSubSector: scopedProcedure('territory.arrange')
    .input(z.object({ parentId: z.uuid(), name }))
    .mutation(({ ctx, input }) => createSubSector(ctx.sdb, input, ctx.deps)),

  /** Towns and streets that a rule of a sub-sector may name. */
  rulePlaces: scopedProcedure('account.move')
    .input(z.object({ territoryId: z.uuid(), town: z.string().max(200).nullable().default(null) }))
    .query(({ ctx, input }) => rulePlaces(ctx.sdb, input)),

  previewRule: scopedProcedure('account.move')
    .input(z.object({ territoryId: z.uuid(), rule: rehomeRule, to: z.uuid().nullable().default(null) }))
    .query(({ ctx, input }) => previewRule(ctx.sdb, input)),

  /** Has a sub-sector made by a rule, changed, dissolved, or one of these taken back. */
  askOfSector: scopedProcedure('account.move')
    .input(z.object({ territoryId: z.uuid(), sectorId: z.uuid().nullable().default(null), ask: sectorAsk }))
    .mutation(({ ctx, input }) => askOfSector(ctx.sdb, input, ctx.deps)),

  arrangements: scopedProcedure('account.move')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => arrangementsAt(ctx.sdb, input.territoryId, ctx.deps.now())),

  rename: scopedProcedure('territory.arrange')
    .input(z.object({ territoryId: z.uuid(), name, known: z.string().max(200).optional() }))
    .mutation(({ ctx, input }) => rename(ctx.sdb, input, ctx.deps)),

  /** What an administrator sees of a territory: accounts, people and questions of each branch, no report. */
  administered: scopedProcedure('organisation.administer')
    .input(z.object({ territoryId: z.uuid().nullable() }))
    .query(({ ctx, input }) => readAdministered(ctx.sdb, input.territoryId)),

  add: scopedProcedure('organisation.administer')
    .input(z.object({ parentId: z.uuid(), rank: z.literal(RANKS), name, code }))
    .mutation(({ ctx, input }) => add(ctx.sdb, input, ctx.deps)),

  setCode: scopedProcedure('organisation.administer')
    .input(z.object({ territoryId: z.uuid(), code, known: z.string().max(100).nullable().optional() }))
    .mutation(({ ctx, input }) => changeCode(ctx.sdb, input, ctx.deps)),

  /** Where a territory may be put: open ones of a higher level outside its branch, by name; `first`: the one that is thought of. */
  parents: scopedProcedure('territory.arrange')
    .input(search)
    .query(({ ctx, input }) => possibleParents(ctx.sdb, input)),

  /** What moving a branch would do to the questions asked there. A mutation: see mergePreview. */
  movePreview: scopedProcedure('territory.arrange')
    .input(placing)
    .mutation(({ ctx, input }) => previewMove(ctx.sdb, input)),

  /** Puts a territory with its whole branch under another; answers the gesture, to undo. A manager's among his local territories. */
  move: scopedProcedure('territory.arrange', LONG)
    .input(placing.extend({ known: z.uuid().optional() }))
    .mutation(({ ctx, input }) => moveTerritory(ctx.sdb, input, ctx.deps)),

  /** Also a manager's, for the sub-sectors of his branch. */
  close: scopedProcedure('territory.arrange')
    .input(z.object({ territoryId: z.uuid() }))
    .mutation(({ ctx, input }) => close(ctx.sdb, input.territoryId, ctx.deps)),

  reopen: scopedProcedure('territory.arrange')
    .input(z.object({ territoryId: z.uuid() }))
    .mutation(({ ctx, input }) => reopen(ctx.sdb, input.territoryId, ctx.deps)),

  /** With what a territory may be merged: others of its level, by name. */
  mergeTargets: scopedProcedure('territory.arrange')
    .input(search)
    .query(({ ctx, input }) => mergeTargets(ctx.sdb, input)),

  /** What merging would do, before it is done. A mutation because what is chosen outgrows an address: see field.check. */
  mergePreview: scopedProcedure('territory.arrange')
    .input(pair)
    .mutation(({ ctx, input }) => previewMerge(ctx.sdb, input)),

  /** Passes all that stands on a territory to another and closes it; a manager's among the sub-sectors of his branch. */
  merge: scopedProcedure('territory.arrange', LONG)
    .input(pair)
    .mutation(({ ctx, input }) => merge(ctx.sdb, input, ctx.deps)),

  /** Towns, streets and answers by which the accounts of a territory may be told apart. */
  splitChoices: scopedProcedure('territory.arrange')
    .input(z.object({ territoryId: z.uuid(), town: z.string().max(200).nullable().default(null) }))
    .query(({ ctx, input }) => splitChoices(ctx.sdb, input)),

  splitPreview: scopedProcedure('territory.arrange')
    .input(z.object({ fromId: z.uuid(), rule: rehomeRule }))
    .query(({ ctx, input }) => previewSplit(ctx.sdb, input)),

  /** Makes some accounts of a territory those of another, which is made for them or known. */
  split: scopedProcedure('territory.arrange', LONG)
    .input(
      z.object({
        fromId: z.uuid(),
        to: z.discriminatedUnion('of', [
          z.object({ of: z.literal('known'), territoryId: z.uuid() }),
          z.object({ of: z.literal('new'), parentId: z.uuid(), rank: z.literal(RANKS), name }),
        ]),
        rule: rehomeRule,
      }),
    )
    .mutation(({ ctx, input }) => split(ctx.sdb, input, ctx.deps)),

  /** Takes gestures back, each once. */
  undo: scopedProcedure('territory.arrange', LONG)
    .input(z.object({ gestureIds: z.array(z.uuid()).min(1).max(20) }))
    .mutation(({ ctx, input }) => undo(ctx.sdb, input.gestureIds, ctx.deps)),
})
