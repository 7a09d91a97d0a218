import { ERROR_CODES } from '@fieldback/domain/errors'
import type { FoundingForm } from '@fieldback/domain/org/founding'
import type { Locale } from '@fieldback/i18n/locale'
import { LOCALE_COOKIE } from '../i18n/locale-cookie.ts'
import { CallError, callMutation } from './call.ts'
import { OUTAGE, type ToldError, toldError } from './error-code.ts'

/** Opens a session; throws a CallError (CREDENTIALS_WRONG, TOO_MANY_ATTEMPTS, DEVICE_REVOKED, MEMBERSHIP_REVOKED, UNAVAILABLE). */
export const signInWithPassword = (email: string, password: string): Promise<void> =>
  signIn('password', { email, password })

/** Opens a session with the token of an e-mailed link; throws a CallError (LINK_SPENT and the same). */
export const signInWithLink = (token: string): Promise<void> => signIn('link', { token })

/** Asks for a link; says nothing of whether the address is known. Throws a CallError (TOO_MANY_ATTEMPTS, INVALID_INPUT). */
export async function askLink(email: string): Promise<void> {
  const answer = await reach('/api/sign-in-link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  if (!answer.ok)
    throw new CallError(toldError({ data: { fieldback: await answer.json().catch(() => null) } }))
}

/**
 * Founds an organisation with a one-time link; `entered` when the session is open, false when the address has an account
 * to sign in with. Throws a CallError (FOUNDING_SPENT, FOUNDING_EXPIRED, FOUNDING_UNKNOWN, PASSWORD_WEAK,
 * TOO_MANY_ATTEMPTS, INVALID_INPUT).
 */
export async function foundOrganisation(form: FoundingForm): Promise<{ entered: boolean }> {
  const answer = await reach('/api/found', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(form),
  })
  const body = await answer.json().catch(() => null)
  if (!answer.ok) throw new CallError(toldError({ data: { fieldback: body } }))
  return { entered: body?.entered === true }
}

/** Chooses one's own password; throws a CallError (PASSWORD_CURRENT, PASSWORD_WEAK {reason}, TOO_MANY_ATTEMPTS). */
export async function choosePassword(current: string | null, next: string): Promise<void> {
  const answer = await reach('/api/password', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ current, next }),
  })
  if (!answer.ok)
    throw new CallError(toldError({ data: { fieldback: await answer.json().catch(() => null) } }))
}

/** Moves this session to another organisation of the same person; throws what it was refused for, MEMBERSHIP_REVOKED say. */
export async function switchOrganisation(membershipId: string): Promise<void> {
  const answer = await reach('/api/auth/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ csrfToken: await csrfToken(), data: { membershipId } }),
  })
  const session = await answer.json().catch(() => null)
  if (!answer.ok) throw new CallError(OUTAGE)
  if (session?.membershipId === membershipId) return
  throw new CallError(typeof session?.refused === 'string' ? readError(session.refused) : OUTAGE)
}

/** Ends the session on this browser. What a phone keeps stays: that is the caller's to ask about first. */
export async function signOut(): Promise<void> {
  const answer = await postForm('signout', {})
  if (!answer.ok) throw new CallError(OUTAGE)
}

/** Sets this browser's language and, when somebody is signed in, the member's own. Reload to see it. */
export async function setLocale(locale: Locale, signedIn: boolean): Promise<void> {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: iPhones before 18.4 have no Cookie Store.
  document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=31536000; samesite=lax${secure}`
  if (signedIn) await callMutation('access.setLocale', { locale })
}

async function signIn(provider: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const answer = await postForm(`callback/${provider}`, fields)
  const body = await answer.json().catch(() => null)
  const address = typeof body?.url === 'string' ? new URL(body.url, location.origin) : null
  if (answer.ok && address && !address.searchParams.has('csrf')) return
  throw new CallError(readError(address?.searchParams.get('error') ?? null))
}

/** "CODE" or "CODE:seconds", as the server lets it through next-auth. */
function readError(told: string | null): ToldError {
  const [name, seconds] = (told ?? '').split(':')
  const code = ERROR_CODES.find((known) => known === name)
  if (code) return { code, params: seconds ? { seconds: Number(seconds) } : {} }
  return name === 'CredentialsSignin' ? { code: 'CREDENTIALS_WRONG', params: {} } : OUTAGE
}

async function postForm(action: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' })
  return reach(`/api/auth/${action}`, { method: 'POST', body })
}

async function csrfToken(): Promise<string> {
  const answer = await reach('/api/auth/csrf', { cache: 'no-store' })
  const body = await answer.json().catch(() => null)
  if (typeof body?.csrfToken !== 'string') throw new CallError(OUTAGE)
  return body.csrfToken
}

/** No network is told as an outage. */
const reach = (address: string, init: RequestInit): Promise<Response> =>
  fetch(address, init).catch(() => {
    throw new CallError(OUTAGE)
  })
