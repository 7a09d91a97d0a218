import { journalPeople } from '@fieldback/db/audit/journal.repo'
import { AUDIT_KINDS } from '@fieldback/domain/audit/actions'
import { typedDay } from '@fieldback/domain/typed'
import * as z from 'zod'
import { requireWholeOrganisation } from '../access/administer.ts'
import { router, scopedProcedure } from '../trpc.ts'
import { beginExport, readPage } from './journal.ts'

const day = typedDay.nullable().default(null)
const filter = z.object({
  membershipId: z.uuid().nullable().default(null),
  kind: z.enum(AUDIT_KINDS).nullable().default(null),
  subjectId: z.uuid().nullable().default(null),
  from: day,
  to: day,
})
const page = filter.extend({
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(500).default(50),
})

/** More people than this are found by their name in a line, not in a list. */
const PEOPLE_MAX = 500

/** The journal tells what happens in the whole organisation, so it takes the right at its root. */
const wholeOrganisation = scopedProcedure('organisation.administer').use(async ({ ctx, next }) => {
  await requireWholeOrganisation(ctx.sdb)
  return next()
})

export const auditRouter = router({
  /** Who changed what and when, the last line first; filtered, page by page. */
  list: wholeOrganisation
    .input(page)
    .query(({ ctx, input }) => readPage(ctx.sdb, { ...input, cursor: input.cursor ?? null })),

  /** Whose doings the journal holds, for the filter. */
  people: wholeOrganisation.query(({ ctx }) => journalPeople(ctx.sdb, PEOPLE_MAX)),

  /** To be called before the lines of a file are read: notes that they leave, and says how many. */
  beginExport: wholeOrganisation
    .input(filter)
    .mutation(({ ctx, input }) => beginExport(ctx.sdb, input, ctx.deps.newId)),
})
