import type { ScenarioHead } from '@fieldback/db/scenario/scenario.repo'
import { scenariosInSight } from '@fieldback/db/scenario/scenario.repo'
import {
  GESTURE_STEPS_MAX,
  GESTURES_MAX,
  gestureSteps,
  remarkText,
  scenarioName,
} from '@fieldback/domain/scenario/scenario'
import { clashChoices } from '@fieldback/domain/territory/clash-choice'
import { RANKS } from '@fieldback/domain/territory/rank'
import { meetingStep } from '@fieldback/domain/territory/tree-step'
import { typedDay } from '@fieldback/domain/typed'
import * as z from 'zod'
import { router, scopedProcedure, steppedProcedure } from '../trpc.ts'
import { accounts, holdings, places } from './choices.ts'
import { compare } from './compare.ts'
import {
  addGesture,
  copy,
  create,
  discard,
  remark,
  removeGesture,
  rename,
  reorder,
  setDay,
  share,
} from './draft.ts'
import { readHindrances } from './hindrances.ts'
import { planOne } from './plan-one.ts'
import { plannedAt } from './planned-at.ts'
import { PUBLISH_MS, plan, publish, unplan } from './publish.ts'
import { readScenario } from './read.ts'
import { previewStep, settleStep } from './settle-step.ts'

const LIST_MAX = 100

const day = typedDay
const one = z.object({ scenarioId: z.uuid() })
const stepAt = z.object({
  gestureId: z.uuid(),
  step: z
    .int()
    .min(0)
    .max(GESTURE_STEPS_MAX - 1),
})
const search = z.string().max(100).default('')

export type ScenarioLine = ScenarioHead & { readonly gestures: number; readonly mine: boolean }

export const scenarioRouter = router({
  /** Those of the reader's branches that are worked on, or settled; at most 100, `more` when some were left off. */
  list: scopedProcedure('scenario.read')
    .input(z.object({ settled: z.boolean().default(false) }))
    .query(async ({ ctx, input }): Promise<{ scenarios: ScenarioLine[]; more: boolean }> => {
      const found = await scenariosInSight(ctx.sdb, { settled: input.settled, limit: LIST_MAX + 1 })
      return {
        scenarios: found
          .slice(0, LIST_MAX)
          .map((line) => ({ ...line, mine: line.authorId === ctx.scope.membershipId })),
        more: found.length > LIST_MAX,
      }
    }),

  /** One scenario laid over the organisation as it is; `open`: territories whose children are wanted. */
  get: scopedProcedure('scenario.read')
    .input(one.extend({ open: z.array(z.uuid()).max(200).default([]) }))
    .query(({ ctx, input }) => readScenario(ctx.sdb, input, ctx.deps.now())),

  compare: scopedProcedure('scenario.read')
    .input(one.extend({ otherId: z.uuid() }))
    .query(({ ctx, input }) => compare(ctx.sdb, input)),

  create: scopedProcedure('territory.arrange')
    .input(z.object({ territoryId: z.uuid(), name: scenarioName, effectiveOn: day.nullable() }))
    .mutation(({ ctx, input }) => create(ctx.sdb, input, ctx.deps)),

  rename: scopedProcedure('territory.arrange')
    .input(one.extend({ name: scenarioName, known: z.string().max(200).optional() }))
    .mutation(({ ctx, input }) => rename(ctx.sdb, input, ctx.deps)),

  setDay: scopedProcedure('territory.arrange')
    .input(one.extend({ day: day.nullable(), known: day.nullable().optional() }))
    .mutation(({ ctx, input }) => setDay(ctx.sdb, input, ctx.deps)),

  addGesture: scopedProcedure('territory.arrange')
    .input(
      one.extend({
        steps: gestureSteps,
        at: z.int().min(0).max(GESTURES_MAX).optional(),
        known: z.int().min(1),
      }),
    )
    .mutation(({ ctx, input }) => addGesture(ctx.sdb, input, ctx.deps)),

  /** Questions that a merge or a move of the draft makes clash. A mutation: see territory.mergePreview. */
  previewStep: scopedProcedure('territory.arrange')
    .input(one.extend({ step: meetingStep, at: stepAt.nullable().default(null) }))
    .mutation(({ ctx, input }) => previewStep(ctx.sdb, input)),

  /** Says what becomes of them; `known`: what was chosen until now. */
  settleStep: scopedProcedure('territory.arrange')
    .input(one.extend({ ...stepAt.shape, clashes: clashChoices, known: clashChoices }))
    .mutation(({ ctx, input }) => settleStep(ctx.sdb, input, ctx.deps)),

  removeGesture: scopedProcedure('territory.arrange')
    .input(one.extend({ gestureId: z.uuid() }))
    .mutation(({ ctx, input }) => removeGesture(ctx.sdb, input, ctx.deps)),

  reorder: scopedProcedure('territory.arrange')
    .input(one.extend({ order: z.array(z.uuid()).max(GESTURES_MAX) }))
    .mutation(({ ctx, input }) => reorder(ctx.sdb, input, ctx.deps)),

  copy: scopedProcedure('territory.arrange')
    .input(one.extend({ name: scenarioName }))
    .mutation(({ ctx, input }) => copy(ctx.sdb, input, ctx.deps)),

  share: scopedProcedure('territory.arrange')
    .input(one.extend({ shared: z.boolean() }))
    .mutation(({ ctx, input }) => share(ctx.sdb, input, ctx.deps)),

  remark: scopedProcedure('scenario.read')
    .input(one.extend({ text: remarkText }))
    .mutation(({ ctx, input }) => remark(ctx.sdb, input, ctx.deps)),

  discard: scopedProcedure('territory.arrange')
    .input(one.extend({ discarded: z.boolean() }))
    .mutation(({ ctx, input }) => discard(ctx.sdb, input, ctx.deps)),

  /** Applies it today, in one transaction that may last longer than a procedure's. */
  publish: steppedProcedure('territory.arrange')
    .input(one.extend({ known: z.int().min(1) }))
    .mutation(({ ctx, input }) =>
      ctx.inScope((sdb) => publish(sdb, input, ctx.deps), { timeout: PUBLISH_MS }),
    ),

  plan: scopedProcedure('territory.arrange')
    .input(one.extend({ day, known: z.int().min(1) }))
    .mutation(({ ctx, input }) => plan(ctx.sdb, input, ctx.deps)),

  /** A single change on a day to come; answers the scenario that it is. */
  planOne: scopedProcedure('territory.arrange')
    .input(z.object({ steps: gestureSteps, day, name: scenarioName }))
    .mutation(({ ctx, input }) => planOne(ctx.sdb, input, ctx.deps)),

  /** What is planned for a territory, for its page. */
  plannedAt: scopedProcedure('scenario.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => plannedAt(ctx.sdb, input.territoryId)),

  /** What would keep a planned one from being applied if its day were today. */
  hindrances: scopedProcedure('scenario.read')
    .input(one)
    .query(({ ctx, input }) => readHindrances(ctx.sdb, input, ctx.deps.now())),

  unplan: scopedProcedure('territory.arrange')
    .input(one)
    .mutation(({ ctx, input }) => unplan(ctx.sdb, input, ctx.deps)),

  /** Territories of the draft that a gesture may name. */
  places: scopedProcedure('territory.arrange')
    .input(one.extend({ search, above: z.literal(RANKS).optional(), outside: z.uuid().optional() }))
    .query(({ ctx, input }) => places(ctx.sdb, input)),

  /** What stands on a territory of the draft, as far as a split asks. */
  holdings: scopedProcedure('territory.arrange')
    .input(one.extend({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => holdings(ctx.sdb, input)),

  accounts: scopedProcedure('territory.arrange')
    .input(one.extend({ territoryId: z.uuid(), search }))
    .query(({ ctx, input }) => accounts(ctx.sdb, input)),
})
