import type { Session } from '@fieldback/api/context'
import { proofHolds } from '@fieldback/db/identity/identity.repo'
import { SESSION_DAYS_MAX } from '@fieldback/domain/access/sign-in-rules'
import { cookies } from 'next/headers'
import { decode, encode, getToken, type JWT, type JWTDecodeParams } from 'next-auth/jwt'
import { cache } from 'react'
import * as z from 'zod'
import { container } from './container.ts'

const PROOF = z.object({ way: z.enum(['password', 'link']), at: z.number(), sentBy: z.uuid().optional() })
const IDS = z.object({
  personId: z.uuid(),
  orgId: z.uuid(),
  membershipId: z.uuid(),
  deviceId: z.uuid(),
  proof: PROOF.optional(),
})
const PERSON = z.object({ personId: z.uuid(), proof: PROOF.optional() })

/** What the session cookie says, once a request; null when there is none or it is not ours. It proves no right. */
const readToken = cache(async (): Promise<JWT | null> => {
  const jar = await cookies()
  const { NEXTAUTH_SECRET } = container().env
  const req = {
    cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
    headers: {},
  }
  return getToken({
    req: req as Parameters<typeof getToken>[0]['req'],
    secret: NEXTAUTH_SECRET,
    decode: decodeOnce,
  })
})

/** Cookies read before, by their text: reading one takes longer than most of what is asked with it. */
const decoded = new Map<string, JWT>()
const DECODED_MAX = 5_000

async function decodeOnce(params: JWTDecodeParams): Promise<JWT | null> {
  const known = decoded.get(params.token ?? '')
  if (known && Number(known.exp) * 1_000 > container().deps.now().getTime()) return known
  const token = await decode(params)
  if (decoded.size >= DECODED_MAX) decoded.clear()
  if (token) decoded.set(params.token ?? '', token)
  return token
}

/** Person, organisation, membership and device of this request; null before an organisation is chosen. */
export async function readSession(): Promise<Session | null> {
  const parsed = IDS.safeParse(await readToken())
  return parsed.success ? parsed.data : null
}

/** The person signed in, even when he has not chosen his organisation yet; null when what was proved counts no more. */
export async function readPerson(): Promise<string | null> {
  const parsed = PERSON.safeParse(await readToken())
  if (!parsed.success) return null
  const { personId, proof } = parsed.data
  return (await proofHolds(container().deps.db, personId, proof?.at ?? 0)) ? personId : null
}

const DAY_SECONDS = 24 * 60 * 60
/** The longest that an organisation may allow; when a session ends is the server's to say, at each call. */
export const SESSION_SECONDS = SESSION_DAYS_MAX * DAY_SECONDS

/**
 * Gives the cookie of a session in use its time again, at most once a day: a rep who opens nothing but /m is never signed out.
 * Route handlers only, since it sets a cookie.
 */
export async function renewSession(): Promise<void> {
  const token = await readToken()
  const { deps } = container()
  const age = deps.now().getTime() / 1_000 - Number(token?.iat ?? 0)
  const ids = IDS.safeParse(token)
  if (ids.success && age >= DAY_SECONDS) await keepSession(ids.data)
}

/** Opens a session as next-auth does, for who has just proven who he is by other means. Route handlers only. */
export async function keepSession(ids: Session): Promise<void> {
  const { env } = container()
  const secure = env.NEXTAUTH_URL.startsWith('https:')
  const value = await encode({ token: { ...ids }, secret: env.NEXTAUTH_SECRET, maxAge: SESSION_SECONDS })
  const jar = await cookies()
  jar.set(`${secure ? '__Secure-' : ''}next-auth.session-token`, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: SESSION_SECONDS,
  })
}
