import { conceptSpec } from '@fieldback/domain/concept/concept'
import { FIELD_ENTITIES } from '@fieldback/domain/field/field-spec'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { createConcept, linkConcept, listConcepts, removeConcept, unlinkConcept } from './link.ts'

const link = z.object({
  fieldId: z.uuid(),
  map: z.record(z.string().max(40), z.string().max(40).nullable()),
})

/** What questions of several branches mean in common; their counts are read with those of any question. */
export const conceptRouter = router({
  list: scopedProcedure('field.read')
    .input(z.object({ territoryId: z.uuid() }))
    .query(({ ctx, input }) => listConcepts(ctx.sdb, input.territoryId)),

  create: scopedProcedure('field.define')
    .input(
      z.object({
        territoryId: z.uuid(),
        entity: z.enum(FIELD_ENTITIES),
        spec: conceptSpec,
        links: z.array(link).max(50),
      }),
    )
    .mutation(({ ctx, input }) => createConcept(ctx.sdb, input, ctx.deps.newId)),

  link: scopedProcedure('field.define')
    .input(link.extend({ conceptId: z.uuid() }))
    .mutation(({ ctx, input }) => linkConcept(ctx.sdb, input, ctx.deps.newId)),

  unlink: scopedProcedure('field.define')
    .input(z.object({ fieldId: z.uuid() }))
    .mutation(({ ctx, input }) => unlinkConcept(ctx.sdb, input.fieldId, ctx.deps.newId)),

  remove: scopedProcedure('field.define')
    .input(z.object({ conceptId: z.uuid() }))
    .mutation(({ ctx, input }) => removeConcept(ctx.sdb, input.conceptId, ctx.deps.newId)),
})
