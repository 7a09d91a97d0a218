import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { FIELD_ENTITIES, fieldSpec, tighteningSpec } from '@fieldback/domain/field/field-spec'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { type AskedHere, readAsked, readBelow } from './asked.ts'
import { affected, check } from './check.ts'
import { readCopyable } from './copyable.ts'
import { publish, restore, retire } from './publish.ts'
import { effective, readField } from './read.ts'
import { reorderFields } from './reorder.ts'
import { publishStarter, readStarter } from './starter.ts'
import { inheritedAt, tightenField } from './tighten.ts'
import { readUntranslated, translate } from './translate.ts'

const place = { territoryId: z.uuid(), entity: z.enum(FIELD_ENTITIES) }
const fieldId = z.object({ fieldId: z.uuid() })

const words = z.string().trim().min(1).max(300)
const starterWish = z.object({
  key: z.string().max(40),
  label: z.object({ fr: words, en: words }).nullable(),
})

/** A draft may not have its words yet. */
const PENDING = { fr: '…' }
const draft = fieldSpec.partial({ label: true, why: true })

export const fieldRouter = router({
  /** What a territory asks, by owner: from the root to it, and in its branch. */
  list: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<AskedHere> => {
      const territory = await requireTerritory(ctx.sdb, 'field.read', input.territoryId)
      const path = await pathTerritories(ctx.sdb, territory.path)
      const reps = await holdersOf(ctx.sdb, territory.path, ['rep'])
      return readAsked(ctx.sdb, territory, path, reps)
    }),

  /** The owners below that the list left, behind one of them. */
  below: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid(), cursor: z.uuid().nullish() }))
    .query(async ({ ctx, input }): Promise<Pick<AskedHere, 'owners' | 'rest'>> => {
      const territory = await requireTerritory(ctx.sdb, 'field.read', input.territoryId)
      const path = await pathTerritories(ctx.sdb, territory.path)
      const reps = await holdersOf(ctx.sdb, territory.path, ['rep'])
      return readBelow(ctx.sdb, territory, { after: input.cursor ?? null, path, reps })
    }),

  /** Everything really asked at a territory, as its phones ask it. */
  effective: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => effective(ctx.sdb, input.territoryId)),

  get: scopedProcedure('field.read')
    .input(fieldId)
    .query(({ ctx, input }) => readField(ctx.sdb, input.fieldId)),

  /** What a draft would give, cost and be refused for. Changes nothing: a mutation because a draft outgrows an address. */
  check: scopedProcedure('field.define')
    .input(z.object({ ...place, fieldId: z.uuid().nullable(), spec: draft }))
    .mutation(({ ctx, input }) =>
      check(ctx.sdb, {
        ...input,
        spec: { ...input.spec, label: input.spec.label ?? PENDING, why: input.spec.why ?? PENDING },
      }),
    ),

  publish: scopedProcedure('field.define')
    .input(
      z.object({
        ...place,
        fieldId: z.uuid().nullable().default(null),
        baseVersion: z.int().min(1).nullable().default(null),
        spec: fieldSpec,
      }),
    )
    .mutation(({ ctx, input }) => publish(ctx.sdb, input, ctx.deps.newId)),

  /** A question as a territory inherits it, and what the territory makes of it. */
  inherited: scopedProcedure('field.read')
    .input(fieldId.extend({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => inheritedAt(ctx.sdb, input)),

  /** Whom a question that a territory asks or inherits concerns in its branch, and what it costs them. */
  affected: scopedProcedure('field.define')
    .input(fieldId.extend({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => affected(ctx.sdb, input)),

  /** Makes an inherited question stricter or more precise in a branch. */
  tighten: scopedProcedure('field.define')
    .input(
      fieldId.extend({
        territoryId: z.uuid(),
        baseVersion: z.int().min(1).nullable().default(null),
        spec: tighteningSpec,
      }),
    )
    .mutation(({ ctx, input }) => tightenField(ctx.sdb, input, ctx.deps.newId)),

  /** Puts the questions that a territory owns in an order. */
  reorder: scopedProcedure('field.define')
    .input(
      z.object({ ...place, order: z.array(z.uuid()).max(300), known: z.array(z.uuid()).max(300).optional() }),
    )
    .mutation(({ ctx, input }) => reorderFields(ctx.sdb, input, ctx.deps.newId)),

  /** Questions of a territory and below that lack words in the other language. */
  untranslated: scopedProcedure('field.define')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => readUntranslated(ctx.sdb, input.territoryId)),

  /** Publishes other English words of a question, and nothing else. */
  translate: scopedProcedure('field.define')
    .input(
      fieldId.extend({
        baseVersion: z.int().min(1),
        words: z.record(z.string().max(60), z.string().trim().max(300)),
      }),
    )
    .mutation(({ ctx, input }) => translate(ctx.sdb, input, ctx.deps.newId)),

  /** Questions of other branches that the reader may read, to begin a draft from. */
  copyable: scopedProcedure('field.define')
    .input(z.object({ territoryId: z.uuid(), search: z.string().max(100).default('') }))
    .query(({ ctx, input }) => readCopyable(ctx.sdb, input)),

  /** The first questions proposed to a new organisation, with what each would give back. */
  starter: scopedProcedure('organisation.administer').query(({ ctx }) => readStarter(ctx.sdb)),

  /** The one publication that an administrator may make: of that set, for the whole organisation. */
  publishStarter: scopedProcedure('organisation.administer')
    .input(z.object({ fields: z.array(starterWish).min(1).max(20) }))
    .mutation(({ ctx, input }) => publishStarter(ctx.sdb, input.fields, ctx.deps.newId)),

  retire: scopedProcedure('field.define')
    .input(fieldId)
    .mutation(({ ctx, input }) => retire(ctx.sdb, input.fieldId, ctx.deps)),

  restore: scopedProcedure('field.define')
    .input(fieldId)
    .mutation(({ ctx, input }) => restore(ctx.sdb, input.fieldId, ctx.deps.newId)),
})
