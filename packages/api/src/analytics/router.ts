import { countedUntil } from '@fieldback/db/analytics/fold.repo'
import { GRAINS } from '@fieldback/domain/analytics/period'
import { question } from '@fieldback/domain/analytics/question'
import * as z from 'zod'
import { figuresProcedure, router } from '../trpc.ts'
import { ask } from './ask.ts'
import { beside, changes } from './beside.ts'
import { byTerritory } from './by-territory.ts'
import { distribution } from './distribution.ts'
import { measure, view } from './input.ts'
import { keeping } from './keep-pairs.ts'
import { overview } from './overview.ts'
import { countedFields, place } from './place.ts'
import { trend } from './trend.ts'

const read = figuresProcedure('analytics.read')
/** Longer, where figures come from the reports themselves: nothing is written, so that no pull waits for it. */
const asking = figuresProcedure('analytics.read', { timeout: 8_000 })

/** What one waits for anyway, and a little more. */
const LATE_SECONDS = 10

/** Figures of the reader's own branches, from the roll-ups alone; a report shows within about a second. */
export const analyticsRouter = router({
  /** Any measure, split and compared as asked. */
  ask: asking
    .input(question)
    .query(({ ctx, input }) => ask(ctx.sdb, input, keeping(ctx.deps, ctx.sdb.scope))),

  /** A territory with its path; without an id, where the reader begins. */
  place: read
    .input(z.object({ territoryId: z.uuid().nullable() }))
    .query(({ ctx, input }) => place(ctx.sdb, input.territoryId)),

  /** Since when what was sent waits to be counted (ISO 8601); null while figures keep up. */
  countedUntil: read.query(({ ctx }) => countedUntil(ctx.sdb.tx, ctx.sdb.scope.orgId, LATE_SECONDS)),

  /** What can be counted at a territory. */
  fields: read
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => countedFields(ctx.sdb, input.territoryId)),

  /** Reports over time, by kind and outcome. */
  overview: read
    .input(view.extend({ grain: z.enum(GRAINS) }))
    .query(({ ctx, input }) => overview(ctx.sdb, input)),

  /** Reports of the territories just below. */
  byTerritory: read.input(view).query(({ ctx, input }) => byTerritory(ctx.sdb, input)),

  /** Answers to one field. */
  distribution: read
    .input(view.extend({ fieldId: z.uuid() }))
    .query(({ ctx, input }) => distribution(ctx.sdb, input)),

  /** A rate by month, with the territory above. */
  trend: read.input(view.extend({ measure })).query(({ ctx, input }) => trend(ctx.sdb, input)),

  /** What a territory can be compared with. */
  beside: read
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => beside(ctx.sdb, input.territoryId)),

  /** When the tree of a branch changed. */
  changes: read
    .input(view.pick({ territoryId: true, period: true }))
    .query(({ ctx, input }) => changes(ctx.sdb, input)),
})
