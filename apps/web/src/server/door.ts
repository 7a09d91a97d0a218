import { deviceKind, deviceLabel } from '@fieldback/api/access/device-label'
import type { DoorDeps } from '@fieldback/api/access/door'
import { enterOrganisation } from '@fieldback/api/access/enter-organisation'
import type { Session } from '@fieldback/api/context'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import { headers } from 'next/headers'
import { keepBrowserId } from './browser-id.ts'
import { clientAddress } from './client-address.ts'
import { container } from './container.ts'
import { rememberLocale } from './locale.ts'
import { verifyPassword } from './password.ts'

/** What a session token holds: the person, and where he stands once he has chosen. Nothing that names him. */
export type Pass = { readonly personId: string; readonly proof: Proof } & Partial<Session>

export const doorDeps = (): DoorDeps => {
  const { deps, env } = container()
  return { ...deps, secret: env.NEXTAUTH_SECRET, verifyPassword }
}

export async function requestAddress(): Promise<string> {
  return clientAddress((await headers()).get('x-forwarded-for'), container().env.FIELDBACK_PROXIES)
}

/** Lets a person into an organisation, or into the choice of one; route handlers only, since it sets cookies. */
export async function passFor(personId: string, membershipId: string | null, proof: Proof): Promise<Pass> {
  const userAgent = (await headers()).get('user-agent')
  const browserId = await keepBrowserId()
  const { session, locale } = await enterOrganisation(doorDeps(), {
    personId,
    membershipId,
    proof,
    browserId,
    label: deviceLabel(userAgent),
    kind: deviceKind(userAgent),
  })
  await rememberLocale(locale)
  return { ...session, personId, proof }
}

/** What somebody who has just come this way has proved. */
export const provedNow = (way: Proof['way'], sentBy: string | null = null): Proof => ({
  way,
  at: container().deps.now().getTime(),
  ...(sentBy === null ? {} : { sentBy }),
})

/**
 * Next-auth writes an error's message into an address: only our codes may go there, with the seconds to wait. Anything
 * else is an outage, logged by name.
 */
export function tellable(error: unknown): Error {
  if (error instanceof FieldbackError) {
    const { seconds } = error.params
    return new Error(typeof seconds === 'number' ? `${error.code}:${seconds}` : error.code)
  }
  container().deps.log.error('sign-in.failed', { error: error instanceof Error ? error.name : 'unknown' })
  return new Error('UNAVAILABLE')
}
