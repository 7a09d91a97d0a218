import { setMemberLocale } from '@fieldback/db/access/membership-change.repo'
import {
  findPerson,
  listPeople,
  PEOPLE_ORDERS,
  PERSON_STATES,
  type PeoplePage,
  type PersonCard,
} from '@fieldback/db/access/people.repo'
import { type MembershipChoice, membershipsOf } from '@fieldback/db/identity/identity.repo'
import { requireTerritory } from '@fieldback/db/scoped-db'
import { ROLES } from '@fieldback/domain/access/permissions'
import { type SignInRules, signInRules } from '@fieldback/domain/access/sign-in-rules'
import { lineOf } from '@fieldback/domain/org/founding'
import { LOCALES } from '@fieldback/i18n/locale'
import * as z from 'zod'
import { memberProcedure, router, scopedProcedure, steppedProcedure } from '../trpc.ts'
import {
  changeDevice,
  changeMembership,
  changePerson,
  type LinkMailed,
  requireWholeOrganisation,
  sendLinkTo,
} from './administer.ts'
import { type InvitedPerson, invite, inviteInput } from './invite.ts'
import { type OwnAccount, readOwnAccount, signOutDevice } from './own-account.ts'
import { changeRules, readRules } from './sign-in-rules.ts'

const administer = scopedProcedure('organisation.administer')
const stepped = steppedProcedure('organisation.administer')
const page = z.object({
  search: z.string().trim().max(100).default(''),
  state: z.enum(PERSON_STATES).nullable().default(null),
  role: z.enum(ROLES).nullable().default(null),
  territoryId: z.uuid().nullable().default(null),
  sort: z.object({ by: z.enum(PEOPLE_ORDERS), down: z.boolean() }).default({ by: 'name', down: false }),
  cursor: z.string().max(1_000).nullish(),
  limit: z.int().min(1).max(100).default(50),
})
const membership = z.object({ membershipId: z.uuid() })
const device = z.object({ deviceId: z.uuid() })

export const accessRouter = router({
  /** The organisations this person may enter, for the switcher. */
  organisations: memberProcedure.query(
    ({ ctx }): Promise<MembershipChoice[]> => membershipsOf({ prisma: ctx.sdb.tx }, ctx.session.personId),
  ),

  /** His own language here; null goes back to the browser's. */
  setLocale: memberProcedure
    .input(z.object({ locale: z.enum(LOCALES).nullable() }))
    .mutation(({ ctx, input }) => setMemberLocale(ctx.sdb, input.locale)),

  /** His own address, devices here, and whether he may choose a password without giving the one he has. */
  ownAccount: memberProcedure.query(
    ({ ctx }): Promise<OwnAccount> => readOwnAccount(ctx.sdb, ctx.session, ctx.deps.now()),
  ),

  /** Ends the sessions of one of his own devices; he may sign in on it again. */
  signOutDevice: memberProcedure
    .input(device)
    .mutation(({ ctx, input }) => signOutDevice(ctx.sdb, input.deviceId, ctx.deps)),

  /** Members with their address and what they hold, searched, filtered and sorted. */
  people: administer.input(page).query(async ({ ctx, input }): Promise<PeoplePage> => {
    await requireWholeOrganisation(ctx.sdb)
    const { territoryId, cursor = null, ...query } = input
    const branch = territoryId
      ? (await requireTerritory(ctx.sdb, 'organisation.administer', territoryId)).path
      : null
    return listPeople(ctx.sdb, { ...query, branch, cursor })
  }),

  person: administer.input(membership).query(async ({ ctx, input }): Promise<PersonCard> => {
    await requireWholeOrganisation(ctx.sdb)
    return findPerson(ctx.sdb, input.membershipId)
  }),

  /** Renames a member, and sets the language of his screens and mails. Answers what they were. */
  setPerson: administer
    .input(
      membership.extend({
        displayName: lineOf(120),
        locale: z.enum(LOCALES).nullable(),
        known: z
          .object({ displayName: z.string().max(200), locale: z.string().max(10).nullable() })
          .optional(),
      }),
    )
    .mutation(({ ctx, input }) => changePerson(ctx.sdb, input, ctx.deps.newId())),

  /** Adds people with their roles and mails each new one a link that serves once, for seven days. */
  invite: stepped
    .input(inviteInput)
    .mutation(
      ({ ctx, input }): Promise<{ people: InvitedPerson[] }> => invite(ctx.deps, ctx.inScope, input.people),
    ),

  inviteAgain: stepped
    .input(membership)
    .mutation(
      ({ ctx, input }): Promise<LinkMailed> => sendLinkTo(ctx.deps, ctx.inScope, { ...input, reset: false }),
    ),

  /** Ends a member's sessions here and mails him a link to come back by. */
  resetSignIn: stepped
    .input(membership)
    .mutation(
      ({ ctx, input }): Promise<LinkMailed> => sendLinkTo(ctx.deps, ctx.inScope, { ...input, reset: true }),
    ),

  signInRules: administer.query(({ ctx }): Promise<SignInRules> => readRules(ctx.sdb)),

  /** Answers the rules it replaces. */
  setSignInRules: administer
    .input(signInRules.and(z.object({ known: signInRules.optional() })))
    .mutation(({ ctx, input }): Promise<SignInRules> => changeRules(ctx.sdb, input, ctx.deps.newId())),

  revokeMembership: administer
    .input(membership)
    .mutation(({ ctx, input }) =>
      changeMembership(ctx.sdb, { id: input.membershipId, revoked: true }, ctx.deps.newId),
    ),

  restoreMembership: administer
    .input(membership)
    .mutation(({ ctx, input }) =>
      changeMembership(ctx.sdb, { id: input.membershipId, revoked: false }, ctx.deps.newId),
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
