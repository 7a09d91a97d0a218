import { holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { FIELD_ENTITIES, type FieldSpec, fieldSpec, tighteningSpec } from '@fieldback/domain/field/field-spec'
import { FIELDS_FILE_MOST, FIELDS_LINES_MOST } from '@fieldback/domain/field/fields-file'
import { PROMOTION_SOURCES_MAX } from '@fieldback/domain/field/plan-promotion'
import { STEPS_MOST, WAY_MOST } from '@fieldback/domain/field/plan-retype'
import * as z from 'zod'
import { router, scopedProcedure, steppedProcedure } from '../trpc.ts'
import { type AskedHere, readAsked, readBelow } from './asked.ts'
import { affected, check } from './check.ts'
import { readCopyable } from './copyable.ts'
import { exportFields } from './export-fields.ts'
import { IMPORT_TX, importFields, tryImport } from './import-fields.ts'
import { previewPromotion, promote } from './promote.ts'
import { publish, restore, retire } from './publish.ts'
import { dependants, effective, readField } from './read.ts'
import { reorderFields } from './reorder.ts'
import { previewRetype, RETYPE_TX, retype } from './retype.ts'
import { publishStarter, readStarter } from './starter.ts'
import { inheritedAt, tightenField } from './tighten.ts'
import { readUntranslated, translate, translateAdded } from './translate.ts'
import { sayApart, twinsAt } from './twins.ts'
import { promotionsAt, undoPromotion } from './undo-promotion.ts'

const place = { territoryId: z.uuid(), entity: z.enum(FIELD_ENTITIES) }
const fieldId = z.object({ fieldId: z.uuid() })

/** One letter more than a file may have, so that its length is told in our own words. */
const fileInto = { territoryId: z.uuid(), text: z.string().max(FIELDS_FILE_MOST + 1) }
const chosen = z.object({ at: z.int().min(0), baseVersion: z.int().min(1).nullable() })

const words = z.string().trim().min(1).max(300)
const starterWish = z.object({
  key: z.string().max(40),
  label: z.object({ fr: words, en: words }).nullable(),
})

/** A draft may not have its words yet. */
const PENDING = { fr: '…' }
const draft = fieldSpec.partial({ label: true, why: true })
const drafted = (spec: z.infer<typeof draft>): FieldSpec => ({
  ...spec,
  label: spec.label ?? PENDING,
  why: spec.why ?? PENDING,
})

/** Which answer of a question is which of another; one that says nothing there is null. */
const answerMap = z.record(z.string().max(40), z.string().max(40).nullable())
const promotion = z.object({
  ...place,
  sources: z
    .array(z.object({ fieldId: z.uuid(), version: z.int().min(1), map: answerMap.nullable() }))
    .min(1)
    .max(PROMOTION_SOURCES_MAX),
  acceptLooser: z.boolean().default(false),
})

const retyping = fieldId.extend({
  version: z.int().min(1),
  way: z.object({
    map: z
      .record(z.string().max(400), z.string().max(200).nullable())
      .refine((map) => Object.keys(map).length <= WAY_MOST),
    steps: z.array(z.object({ from: z.number(), place: z.string().max(40).nullable() })).max(STEPS_MOST),
  }),
  acceptLooser: z.boolean().default(false),
})

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

  /** Everything really asked at a territory, as its phones ask it; `few`: of each list, its first items alone. */
  effective: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid(), items: z.enum(['all', 'few']).default('all') }))
    .query(({ ctx, input }) => effective(ctx.sdb, input.territoryId, input.items)),

  get: scopedProcedure('field.read')
    .input(fieldId)
    .query(({ ctx, input }) => readField(ctx.sdb, input.fieldId)),

  /** What a draft would give, cost and be refused for. Changes nothing: a mutation because a draft outgrows an address. */
  check: scopedProcedure('field.define')
    .input(z.object({ ...place, fieldId: z.uuid().nullable(), spec: draft }))
    .mutation(({ ctx, input }) => check(ctx.sdb, { ...input, spec: drafted(input.spec) })),

  publish: scopedProcedure('field.define')
    .input(
      z.object({
        ...place,
        fieldId: z.uuid().nullable().default(null),
        baseVersion: z.int().min(1).nullable().default(null),
        spec: fieldSpec,
        /** A question that is no longer asked once this one is. */
        instead: z.uuid().optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const published = await publish(ctx.sdb, input, ctx.deps.newId)
      if (input.instead) await retire(ctx.sdb, input.instead, ctx.deps)
      return published
    }),

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

  /** A territory's questions, or its branch's, as a file; a mutation because the journal tells it. */
  exportFile: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid(), branch: z.boolean() }))
    .mutation(({ ctx, input }) => exportFields(ctx.sdb, input, ctx.deps.newId)),

  /** What a file would change, line by line. Changes nothing: a mutation because a file outgrows an address. */
  tryImport: steppedProcedure('field.define')
    .input(z.object(fileInto))
    .mutation(({ ctx, input }) => ctx.inScope((sdb) => tryImport(sdb, input, ctx.deps.newId), IMPORT_TX)),

  importFile: steppedProcedure('field.define')
    .input(
      z.object({
        ...fileInto,
        chosen: z
          .array(chosen)
          .min(1)
          .max(2 * FIELDS_LINES_MOST),
      }),
    )
    .mutation(({ ctx, input }) => ctx.inScope((sdb) => importFields(sdb, input, ctx.deps.newId), IMPORT_TX)),
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

  /** The same of what a level added to a question that it inherits. */
  translateAdded: scopedProcedure('field.define')
    .input(
      fieldId.extend({
        territoryId: z.uuid(),
        baseVersion: z.int().min(1),
        words: z.record(z.string().max(60), z.string().trim().max(300)),
      }),
    )
    .mutation(({ ctx, input }) => translateAdded(ctx.sdb, input, ctx.deps.newId)),

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

  /** Questions below a territory that are likely one. */
  twins: scopedProcedure('field.define')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => twinsAt(ctx.sdb, input.territoryId)),

  /** Two questions are not the same, or may be after all. */
  setApart: scopedProcedure('field.define')
    .input(z.object({ territoryId: z.uuid(), a: z.uuid(), b: z.uuid(), apart: z.boolean().default(true) }))
    .mutation(({ ctx, input }) => sayApart(ctx.sdb, input, ctx.deps.newId)),

  /** What making one question of several would change for whom. Changes nothing: see `check`. */
  previewPromotion: scopedProcedure('field.define')
    .input(promotion.extend({ spec: draft }))
    .mutation(({ ctx, input }) => previewPromotion(ctx.sdb, { ...input, spec: drafted(input.spec) })),

  promote: scopedProcedure('field.define')
    .input(promotion.extend({ spec: fieldSpec }))
    .mutation(({ ctx, input }) => promote(ctx.sdb, input, ctx.deps)),

  /** Promotions that touch what a territory and its branch ask, so that owners are told. */
  promotions: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => promotionsAt(ctx.sdb, input.territoryId)),

  undoPromotion: scopedProcedure('field.define')
    .input(fieldId)
    .mutation(({ ctx, input }) => undoPromotion(ctx.sdb, input.fieldId, ctx.deps)),

  dependants: scopedProcedure('field.define')
    .input(fieldId)
    .query(({ ctx, input }) => dependants(ctx.sdb, input.fieldId)),

  /** What another type of answer would do with real answers. Changes nothing: see `check`. */
  previewRetype: steppedProcedure('field.define')
    .input(retyping.extend({ spec: draft }))
    .mutation(({ ctx, input }) =>
      ctx.inScope((sdb) => previewRetype(sdb, { ...input, spec: drafted(input.spec) }), RETYPE_TX),
    ),

  /** Gives a question another type; its answers convert. Taken back as a promotion is. */
  retype: steppedProcedure('field.define')
    .input(retyping.extend({ spec: fieldSpec }))
    .mutation(({ ctx, input }) => ctx.inScope((sdb) => retype(sdb, input, ctx.deps), RETYPE_TX)),

  retire: scopedProcedure('field.define')
    .input(fieldId)
    .mutation(({ ctx, input }) => retire(ctx.sdb, input.fieldId, ctx.deps)),

  restore: scopedProcedure('field.define')
    .input(fieldId)
    .mutation(({ ctx, input }) => restore(ctx.sdb, input.fieldId, ctx.deps.newId)),
})
