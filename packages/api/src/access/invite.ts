import { addMembers, type Joined } from '@fieldback/db/access/membership.repo'
import { insertAssignments, openPaths } from '@fieldback/db/assignment/assignment.repo'
import { type AuditEntry, writeAudits } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { ROLES, type Role } from '@fieldback/domain/access/permissions'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import { lineOf } from '@fieldback/domain/org/founding'
import { typedDay } from '@fieldback/domain/typed'
import { LOCALES, type Locale } from '@fieldback/i18n/locale'
import * as z from 'zod'
import { checkGrant } from '../assignment/check-grant.ts'
import { requireWholeOrganisation } from './administer.ts'
import { type InvitationDeps, sendInvitations } from './invitation.ts'

const day = typedDay
const address = z
  .string()
  .max(300)
  .transform((raw, at) => {
    const email = normaliseEmail(raw)
    if (email === null) at.addIssue({ code: 'custom', message: 'email' })
    return email ?? z.NEVER
  })

export const inviteInput = z.object({
  people: z
    .array(
      z.object({
        email: address,
        displayName: lineOf(120),
        locale: z.enum(LOCALES).nullable(),
        roles: z
          .array(
            z.object({
              role: z.enum(ROLES),
              territoryId: z.uuid(),
              validFrom: day,
              validTo: day.nullable(),
            }),
          )
          .max(20),
      }),
    )
    .min(1)
    .max(100),
})

export type NewPerson = {
  readonly email: string
  readonly displayName: string
  readonly locale: Locale | null
  readonly roles: readonly {
    readonly role: Role
    readonly territoryId: string
    readonly validFrom: string
    readonly validTo: string | null
  }[]
}

export type AddedPerson = Pick<Joined, 'email' | 'membershipId' | 'displayName' | 'standing'> & {
  /** False for somebody who was a member already: his name, language and access stay, his new roles are added. */
  readonly created: boolean
  /** Roles that he did not hold already. */
  readonly roles: number
}

/**
 * Makes people members and gives them their roles, in the caller's transaction; addresses are normalised and distinct.
 * Nobody learns whether an address is known to another organisation. NOT_FOUND, FORBIDDEN, ASSIGNMENT_BEYOND_GRANTER,
 * ASSIGNMENT_DATES for a role that may not be given; INVALID_INPUT for an address named twice.
 */
export async function addPeople(
  sdb: ScopedDb,
  people: readonly NewPerson[],
  newId: () => string,
): Promise<AddedPerson[]> {
  await requireWholeOrganisation(sdb)
  if (new Set(people.map(({ email }) => email)).size < people.length)
    throw new FieldbackError('INVALID_INPUT', { what: 'email' })
  await checkRoles(sdb, people)
  const joined = await addMembers(sdb.tx, sdb.scope.orgId, people, newId)
  const memberOf = new Map(joined.map((one) => [one.email, one]))
  const added = people.map(({ email, roles }) => {
    const member = memberOf.get(email)
    if (!member) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
    const { personId: _who, ...joined } = member
    const { membershipId } = joined
    return {
      ...joined,
      roles: distinct(roles).map((role) => ({ id: newId(), membershipId, ...role })),
    }
  })
  const made = await insertAssignments(
    sdb,
    added.flatMap(({ roles }) => roles),
  )
  const given = added.map((person) => ({ ...person, roles: person.roles.filter(({ id }) => made.has(id)) }))
  await writeAudits(
    sdb,
    given.flatMap((person) => linesOf(person, newId)),
  )
  return given.map((person) => ({ ...person, roles: person.roles.length }))
}

type Given = {
  readonly membershipId: string
  readonly created: boolean
  readonly roles: readonly (NewPerson['roles'][number] & { readonly id: string })[]
}

/** Somebody new is one line; for a member there are the roles he was given, and none when nothing changed. */
function linesOf({ membershipId, created, roles }: Given, newId: () => string): AuditEntry[] {
  const held = roles.map(({ id, role, territoryId, validFrom, validTo }) => ({
    id,
    given: { role, territoryId, validFrom, validTo },
  }))
  if (created) {
    const detail = { created, roles: held.map(({ given }) => given) }
    return [{ id: newId(), action: 'access.invite', subjectId: membershipId, detail }]
  }
  return held.map(({ id, given }) => ({
    id: newId(),
    action: 'assignment.assign',
    subjectId: id,
    detail: { membershipId, ...given },
  }))
}

/** The same role at the same place on some of the same days is one role: the first named. */
const distinct = (roles: NewPerson['roles']): NewPerson['roles'] =>
  roles.filter(
    (role, at) =>
      !roles
        .slice(0, at)
        .some(
          (other) =>
            other.role === role.role &&
            other.territoryId === role.territoryId &&
            (other.validTo === null || other.validTo >= role.validFrom) &&
            (role.validTo === null || other.validFrom <= role.validTo),
        ),
  )

async function checkRoles(sdb: ScopedDb, people: readonly NewPerson[]): Promise<void> {
  const roles = people.flatMap((person) => person.roles)
  const paths = await openPaths(sdb, [...new Set(roles.map(({ territoryId }) => territoryId))])
  for (const role of roles) {
    const path = paths.get(role.territoryId)
    if (path === undefined) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    checkGrant(sdb.scope, path, role)
  }
}

export type InvitedPerson = AddedPerson & {
  /** Whether his invitation has left; false also for somebody who was there already and needs none. */
  readonly mailed: boolean
}

type InScope = <T>(work: (sdb: ScopedDb) => Promise<T>) => Promise<T>

/** Adds people in one transaction and, once it is over, mails an invitation to those who are new. */
export async function invite(
  deps: InvitationDeps & { readonly newId: () => string },
  inScope: InScope,
  people: readonly NewPerson[],
): Promise<{ people: InvitedPerson[] }> {
  const { orgId, added } = await inScope(async (sdb) => ({
    orgId: sdb.scope.orgId,
    added: await addPeople(sdb, people, deps.newId),
  }))
  const membershipIds = added.filter(({ created }) => created).map(({ membershipId }) => membershipId)
  const mailed = await sendInvitations(deps, { orgId, membershipIds })
  return { people: added.map((person) => ({ ...person, mailed: mailed.has(person.membershipId) })) }
}
