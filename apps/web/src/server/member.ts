import type { Permission } from '@fieldback/domain/access/permissions'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { codeOf, procedures } from './procedures.ts'
import { readPerson, readSession } from './session.ts'

/** What is said of a session that holds no more. */
export const ENDED: readonly string[] = ['UNAUTHENTICATED', 'MEMBERSHIP_REVOKED', 'DEVICE_REVOKED']

const findMember = cache(async () => (await procedures()).org.me())

export type Member = Awaited<ReturnType<typeof findMember>>

/**
 * The live member of this request, checked in the database: a session that ended goes to sign-in with its reason, a
 * person without an organisation chooses one first. An outage is thrown: the error page says so.
 */
export async function requireMember(): Promise<Member> {
  if (!(await readSession())) redirect((await readPerson()) ? '/choose' : await signInAddress({}))
  try {
    return await findMember()
  } catch (error) {
    const code = codeOf(error)
    if (ENDED.includes(code)) redirect(await signInAddress({ reason: code }))
    throw error
  }
}

/** The home of whoever is already signed in, for the pages before; null when nobody is, or when it cannot be known now. */
export async function findHome(): Promise<string | null> {
  if (!(await readSession())) return (await readPerson()) ? '/choose' : null
  return findMember().then(
    ({ home }) => home,
    () => null,
  )
}

/** Sign-in, with what was asked for: one goes there afterwards. */
async function signInAddress(params: Readonly<Record<string, string>>): Promise<string> {
  const to = (await headers()).get('x-fieldback-path')
  const query = new URLSearchParams({ ...params, ...(to && to !== '/' ? { to } : {}) })
  return query.size > 0 ? `/signin?${query}` : '/signin'
}

/** Guards a layout: whoever lacks the permission goes to his own home. What he may touch is checked by each procedure. */
export async function requirePermission(permission: Permission): Promise<Member> {
  const member = await requireMember()
  if (!member.permissions.includes(permission)) redirect(member.home)
  return member
}
