import type { Permission, Role } from '@fieldback/domain/access/permissions'
import { ROLE_PERMISSIONS } from '@fieldback/domain/access/permissions'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { caller, codeOf } from './caller.ts'
import { readPerson, readSession } from './session.ts'

const ENDED: readonly string[] = ['UNAUTHENTICATED', 'MEMBERSHIP_REVOKED', 'DEVICE_REVOKED']

const findMember = cache(async () => (await caller()).org.me())

export type Member = Awaited<ReturnType<typeof findMember>>

/**
 * The live member of this request, checked in the database: a session that ended goes to sign-in with its reason, a
 * person without an organisation chooses one first. An outage is thrown: the error page says so.
 */
export async function requireMember(): Promise<Member> {
  if (!(await readSession())) redirect((await readPerson()) ? '/choose' : '/signin')
  try {
    return await findMember()
  } catch (error) {
    const code = codeOf(error)
    if (ENDED.includes(code)) redirect(`/signin?reason=${code}`)
    throw error
  }
}

/** Guards a layout: whoever lacks the permission goes to his own home. What he may touch is checked by each procedure. */
export async function requirePermission(permission: Permission): Promise<Member> {
  const member = await requireMember()
  if (!permissionsOf(member.roles).has(permission)) redirect(member.home)
  return member
}

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<Permission> =>
  new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]))
