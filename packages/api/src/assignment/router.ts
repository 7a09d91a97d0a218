import {
  type AssignmentRow,
  assignablePeople,
  assignmentsOf,
  assignmentsOfPerson,
  type Candidate,
  endedAssignments,
} from '@fieldback/db/assignment/assignment.repo'
import {
  findInBranches,
  type ReplacementRow,
  replacementsAround,
  replacementsIn,
} from '@fieldback/db/assignment/replacement.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { ROLES } from '@fieldback/domain/access/permissions'
import { grantableRoles, type Scope } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { typedDay } from '@fieldback/domain/typed'
import * as z from 'zod'
import { router, scopedProcedure, steppedProcedure } from '../trpc.ts'
import { assign, end } from './assign.ts'
import { endReplacement, replace } from './replace.ts'

const LIST_MAX = 500
const ENDED_MAX = 200
const day = typedDay

/** `changeable`: the reader may end or extend it. */
export type AssignmentLine = Omit<AssignmentRow, 'path'> & { readonly changeable: boolean }

export type PersonPlaces = {
  readonly displayName: string
  readonly assignments: readonly AssignmentLine[]
  readonly more: boolean
  readonly replacements: readonly ReplacementRow[]
}

const lineIn =
  (scope: Scope) =>
  ({ path, ...row }: AssignmentRow): AssignmentLine => ({
    ...row,
    changeable: row.replacementId === null && grantableRoles(scope, path).includes(row.role),
  })

/** From the top down, then by the names that are read. */
const byPlace = (a: AssignmentRow, b: AssignmentRow): number =>
  a.rank - b.rank ||
  a.territoryName.localeCompare(b.territoryName, 'fr') ||
  a.displayName.localeCompare(b.displayName, 'fr')

export const assignmentRouter = router({
  /** Who holds what in a branch, today and to come; at most 500 lines, `more` when some were left off. */
  list: scopedProcedure('assignment.grant')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<{ assignments: AssignmentLine[]; more: boolean }> => {
      const { path } = await requireTerritory(ctx.sdb, 'assignment.grant', input.territoryId)
      const rows = await assignmentsOf(ctx.sdb, path, LIST_MAX + 1)
      return {
        assignments: rows.slice(0, LIST_MAX).sort(byPlace).map(lineIn(ctx.scope)),
        more: rows.length > LIST_MAX,
      }
    }),

  /** Who held what in a branch and does no more, the last ended first: at most 200 lines, `more` when some were left off. */
  ended: scopedProcedure('assignment.grant')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<{ assignments: AssignmentLine[]; more: boolean }> => {
      const { path } = await requireTerritory(ctx.sdb, 'assignment.grant', input.territoryId, {
        evenClosed: true,
      })
      const rows = await endedAssignments(ctx.sdb, path, ENDED_MAX + 1)
      return { assignments: rows.slice(0, ENDED_MAX).map(lineIn(ctx.scope)), more: rows.length > ENDED_MAX }
    }),

  /** All that one person holds, held and will hold in the reader's branches, and who replaces whom. */
  ofPerson: scopedProcedure('assignment.grant')
    .input(z.object({ membershipId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<PersonPlaces> => {
      const displayName = await findInBranches(ctx.sdb, input.membershipId)
      if (displayName === null) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
      const rows = await assignmentsOfPerson(ctx.sdb, input.membershipId, ENDED_MAX + 1)
      return {
        displayName,
        assignments: rows.slice(0, ENDED_MAX).map(lineIn(ctx.scope)),
        more: rows.length > ENDED_MAX,
        replacements: await replacementsAround(ctx.sdb, [input.membershipId]),
      }
    }),

  /** Who replaces whom in a branch, today and to come: at most 200. */
  replacements: scopedProcedure('assignment.grant')
    .input(z.object({ territoryId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<ReplacementRow[]> => {
      const { path } = await requireTerritory(ctx.sdb, 'assignment.grant', input.territoryId)
      return replacementsIn(ctx.sdb, path, ENDED_MAX)
    }),

  replace: steppedProcedure('assignment.grant')
    .input(z.object({ absentId: z.uuid(), substituteId: z.uuid(), validFrom: day, validTo: day }))
    .mutation(({ ctx, input }) => replace(ctx.deps, ctx.inScope, input)),

  endReplacement: steppedProcedure('assignment.grant')
    .input(z.object({ replacementId: z.uuid(), lastDay: day, known: day.optional() }))
    .mutation(({ ctx, input }) => endReplacement(ctx.deps, ctx.inScope, input)),

  /** Whom the reader may give a place: people of his branches, and members who hold nothing yet. */
  people: scopedProcedure('assignment.grant').query(
    ({ ctx }): Promise<Candidate[]> => assignablePeople(ctx.sdb),
  ),

  assign: scopedProcedure('assignment.grant')
    .input(
      z.object({
        membershipId: z.uuid(),
        territoryId: z.uuid(),
        role: z.enum(ROLES),
        validFrom: day,
        validTo: day.nullable(),
      }),
    )
    .mutation(({ ctx, input }) => assign(ctx.sdb, input, ctx.deps.newId)),

  end: scopedProcedure('assignment.grant')
    .input(z.object({ assignmentId: z.uuid(), lastDay: day.nullable(), known: day.nullable().optional() }))
    .mutation(({ ctx, input }) => end(ctx.sdb, input, ctx.deps.newId)),
})
