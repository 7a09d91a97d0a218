import type { Session } from '@fieldback/api/context'
import { proofHolds } from '@fieldback/db/identity/identity.repo'
import { cookies } from 'next/headers'
import { cache } from 'react'
import { container } from './container.ts'
import { personOf, readToken, sessionCookie, sessionOf, sessionToRenew } from './session-token.ts'

/** Once a request. */
const tokenOfRequest = cache(async () => {
  const jar = await cookies()
  return readToken(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
})

/** Person, organisation, membership and device of this request; null before an organisation is chosen. */
export const readSession = async (): Promise<Session | null> => sessionOf(await tokenOfRequest())

/** The person signed in, even when he has not chosen his organisation yet; null when what was proved counts no more. */
export async function readPerson(): Promise<string | null> {
  const person = personOf(await tokenOfRequest())
  if (!person) return null
  return (await proofHolds(container().deps.db, person.personId, person.proof?.at ?? 0))
    ? person.personId
    : null
}

/**
 * Gives the cookie of a session in use its time again: a rep who opens nothing but /m is never signed out.
 * Route handlers only, since it sets a cookie.
 */
export async function renewSession(): Promise<void> {
  const ids = sessionToRenew(await tokenOfRequest())
  if (ids) await keepSession(ids)
}

/** Opens a session as next-auth does, for who has just proven who he is by other means. Route handlers only. */
export async function keepSession(ids: Session): Promise<void> {
  const [jar, { name, value, options }] = await Promise.all([cookies(), sessionCookie(ids)])
  jar.set(name, value, options)
}
