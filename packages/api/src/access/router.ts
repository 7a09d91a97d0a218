import { listPeople, setMemberLocale } from '@fieldback/db/access/people.repo'
import { membershipsOf } from '@fieldback/db/identity/identity.repo'
import { LOCALES } from '@fieldback/i18n/locale'
import * as z from 'zod'
import { memberProcedure, router, scopedProcedure, steppedProcedure } from '../trpc.ts'
import { changeDevice, changeMembership, requireWholeOrganisation } from './administer.ts'
import { type InvitedPerson, invite, inviteInput } from './invite.ts'

const administer = scopedProcedure('organisation.administer')
const page = z.object({
  search: z.string().trim().max(100).default(''),
  cursor: z.string().max(1_000).nullish(),
  limit: z.int().min(1).max(100).default(50),
})
const membership = z.object({ membershipId: z.uuid() })
const device = z.object({ deviceId: z.uuid() })

export const accessRouter = router({
  /** The organisations this person may enter, for the switcher. */
  organisations: memberProcedure.query(({ ctx }) =>
    membershipsOf({ prisma: ctx.sdb.tx }, ctx.session.personId),
  ),

  /** His own language here; null goes back to the browser's. */
  setLocale: memberProcedure
    .input(z.object({ locale: z.enum(LOCALES).nullable() }))
    .mutation(({ ctx, input }) => setMemberLocale(ctx.sdb, input.locale)),

  /** Members with what they hold today and the devices they use. */
  people: administer.input(page).query(async ({ ctx, input }) => {
    await requireWholeOrganisation(ctx.sdb)
    return listPeople(ctx.sdb, { ...input, cursor: input.cursor ?? null })
  }),

  /** Adds people with their roles and mails each new one a link that serves once, for seven days. */
  invite: steppedProcedure('organisation.administer')
    .input(inviteInput)
    .mutation(
      ({ ctx, input }): Promise<{ people: InvitedPerson[] }> => invite(ctx.deps, ctx.inScope, input.people),
    ),

  revokeMembership: administer
    .input(membership)
    .mutation(({ ctx, input }) =>
      changeMembership(ctx.sdb, { auditId: ctx.deps.newId(), id: input.membershipId, revoked: true }),
    ),

  restoreMembership: administer
    .input(membership)
    .mutation(({ ctx, input }) =>
      changeMembership(ctx.sdb, { auditId: ctx.deps.newId(), id: input.membershipId, revoked: false }),
    ),

  revokeDevice: administer
    .input(device)
    .mutation(({ ctx, input }) =>
      changeDevice(ctx.sdb, { auditId: ctx.deps.newId(), id: input.deviceId, revoked: true }),
    ),

  restoreDevice: administer
    .input(device)
    .mutation(({ ctx, input }) =>
      changeDevice(ctx.sdb, { auditId: ctx.deps.newId(), id: input.deviceId, revoked: false }),
    ),
})
