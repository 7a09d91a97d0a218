import {
  type AssignmentRow,
  assignablePeople,
  assignmentsOf,
  type Candidate,
} from '@fieldback/db/assignment/assignment.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { ROLES } from '@fieldback/domain/access/permissions'
import { grantableRoles } from '@fieldback/domain/access/scope'
import * as z from 'zod'
import { router, scopedProcedure } from '../trpc.ts'
import { assign, end } from './assign.ts'

const LIST_MAX = 500
const day = z.iso.date()

/** `changeable`: the reader may end or extend it. */
export type AssignmentLine = Omit<AssignmentRow, 'path'> & { readonly changeable: boolean }

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
        assignments: rows
          .slice(0, LIST_MAX)
          .sort(byPlace)
          .map(({ path: at, ...row }) => ({
            ...row,
            changeable: grantableRoles(ctx.scope, at).includes(row.role),
          })),
        more: rows.length > LIST_MAX,
      }
    }),

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
