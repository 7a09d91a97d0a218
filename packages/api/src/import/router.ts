import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { importFields } from '@fieldback/db/import/fields.repo'
import {
  findImport,
  findLines,
  type ImportRow,
  listImports,
  removeImport,
  resumeStep,
  startStep,
} from '@fieldback/db/import/import.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { FIELD_TARGET, mappingFault } from '@fieldback/domain/import/check-mapping'
import {
  DUPLICATE_CHOICES,
  IMPORT_MAX,
  type ImportDetail,
  type ImportState,
  LINE_OUTCOMES,
} from '@fieldback/domain/import/import'
import { chooseLocale } from '@fieldback/i18n/locale'
import * as z from 'zod'
import { requireWholeOrganisation } from '../access/administer.ts'
import { router, scopedProcedure } from '../trpc.ts'

const importing = scopedProcedure('data.import').use(async ({ ctx, next }) => {
  await requireWholeOrganisation(ctx.sdb)
  return next()
})
const one = z.object({ importId: z.uuid() })

/** States in which nothing has been written yet, so that the file can be put away. */
const BEFORE_RUN: readonly ImportState[] = ['reading', 'to_map', 'trying', 'tried', 'failed']

export const importRouter = router({
  /** Files brought in, last first. */
  list: importing
    .input(z.object({ cursor: z.uuid().nullish(), limit: z.int().min(1).max(100).default(25) }))
    .query(({ ctx, input }) => listImports(ctx.sdb, { ...input, cursor: input.cursor ?? null })),

  get: importing.input(one).query(async ({ ctx, input }): Promise<ImportDetail> => {
    const found = await requireImport(ctx.sdb, input.importId)
    const locale = chooseLocale({ member: ctx.me.locale })
    const fields = await fieldsOf(ctx.sdb, found)
    return {
      ...found,
      fields: fields.map(({ id, spec }) => ({
        target: `${FIELD_TARGET}${id}`,
        label: spec.label[locale] ?? spec.label.fr,
      })),
    }
  }),

  /** Lines in the order of the file; `outcome` null for all, `kept` for those that an undo left as they are. */
  lines: importing
    .input(
      one.extend({
        outcome: z.enum(LINE_OUTCOMES).nullable().default(null),
        kept: z.boolean().default(false),
        cursor: z.int().min(0).nullish(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { id } = await requireImport(ctx.sdb, input.importId)
      const outcomes = input.outcome === null ? null : [input.outcome]
      return findLines(ctx.sdb, id, {
        outcomes,
        kept: input.kept,
        after: input.cursor ?? 0,
        limit: input.limit,
      })
    }),

  /** Looks at every line without writing anything; may be asked again with another mapping. */
  tryOut: importing
    .input(
      one.extend({
        mapping: z.record(
          z.string().max(60),
          z
            .int()
            .min(0)
            .max(IMPORT_MAX.columns - 1),
        ),
        options: z.object({ duplicates: z.enum(DUPLICATE_CHOICES), territoryId: z.uuid().nullable() }),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { id, mapping, options } = { id: input.importId, ...input }
      const found = await requireImport(ctx.sdb, id, ['to_map', 'trying', 'tried'])
      const fieldIds = new Set((await fieldsOf(ctx.sdb, found)).map((field) => field.id))
      const fault = mappingFault(found.kind, mapping, { columns: found.columns.length, fieldIds })
      if (fault) throw new FieldbackError('INVALID_INPUT', fault)
      if (options.territoryId !== null)
        await requireTerritory(ctx.sdb, 'organisation.administer', options.territoryId)
      await startStep(ctx.sdb, { id, state: 'trying', mapping, options })
      await note(ctx, 'import.tryOut', found)
    }),

  /** Writes what the last try has shown, or goes on where that stopped on the way. */
  run: importing.input(one).mutation(async ({ ctx, input }) => {
    const found = await requireImport(ctx.sdb, input.importId, ['tried', 'failed'])
    const step = { id: found.id, state: 'importing' } as const
    if (found.state === 'tried') await startStep(ctx.sdb, step)
    else if (resumable(found) === 'importing') await resumeStep(ctx.sdb, step)
    else throw new FieldbackError('CONFLICT', { state: found.state })
    await note(ctx, 'import.run', found)
  }),

  /** Takes back a whole import, or what came in before it stopped, within thirty days. */
  undo: importing.input(one).mutation(async ({ ctx, input }) => {
    const found = await requireImport(ctx.sdb, input.importId, ['done', 'failed'])
    const step = { id: found.id, state: 'undoing' } as const
    if (resumable(found) === 'undoing') await resumeStep(ctx.sdb, step)
    else if (found.undoUntil !== null) await startStep(ctx.sdb, step)
    else throw new FieldbackError('CONFLICT', { state: found.state })
    await note(ctx, 'import.undo', found)
  }),

  /** Puts away a file of which nothing was written. */
  remove: importing.input(one).mutation(async ({ ctx, input }) => {
    const found = await requireImport(ctx.sdb, input.importId, BEFORE_RUN)
    if (stoppedIn(found) !== null) throw new FieldbackError('CONFLICT', { state: found.state })
    await removeImport(ctx.sdb, found.id)
    await note(ctx, 'import.remove', found)
  }),
})

/** The step that an import stopped in, having written something; null for one that did not. */
const stoppedIn = ({ failure }: ImportRow) => (failure?.code === 'STOPPED' ? failure.params.step : null)

/** The same, as long as its lines are there to go on with. */
const resumable = (found: ImportRow) => (found.purged ? null : stoppedIn(found))

type Noted = { readonly sdb: ScopedDb; readonly deps: { readonly newId: () => string } }

const note = ({ sdb, deps }: Noted, action: string, { id, kind, lines }: ImportRow): Promise<void> =>
  writeAudit(sdb, { id: deps.newId(), action, subjectId: id, detail: { kind, lines } })

/** NOT_FOUND when the organisation has no such import; CONFLICT when it is in none of `states`, for which it is locked. */
async function requireImport(
  sdb: ScopedDb,
  id: string,
  states: readonly ImportState[] | null = null,
): Promise<ImportRow> {
  const found = await findImport(sdb, id, { lock: states !== null })
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'import' })
  if (states && !states.includes(found.state)) throw new FieldbackError('CONFLICT', { state: found.state })
  return found
}

/** The questions that a column of this file may answer. */
async function fieldsOf({ tx, scope }: ScopedDb, { kind }: Pick<ImportRow, 'kind'>) {
  if (kind !== 'accounts' && kind !== 'contacts') return []
  return (await importFields(tx, scope.orgId, kind === 'accounts' ? 'account' : 'contact')).live
}
