import type { Session } from '@fieldback/api/context'
import { SESSION_DAYS_MAX } from '@fieldback/domain/access/sign-in-rules'
import { decode, encode, getToken, type JWT, type JWTDecodeParams } from 'next-auth/jwt'
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

/** Cookies by name; values as they were sent. */
type Cookies = Readonly<Record<string, string | undefined>>

/** What the session cookie says; null when there is none or it is not ours. It proves no right. */
export async function readToken(cookies: Cookies): Promise<JWT | null> {
  const { NEXTAUTH_SECRET } = container().env
  const req = { cookies, headers: {} } as Parameters<typeof getToken>[0]['req']
  return getToken({ req, secret: NEXTAUTH_SECRET, decode: decodeOnce })
}

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

/** Person, organisation, membership and device that a token names; null before an organisation is chosen. */
export function sessionOf(token: JWT | null): Session | null {
  const parsed = IDS.safeParse(token)
  return parsed.success ? parsed.data : null
}

/** The person that a token names, with what was proved, even when he has not chosen his organisation yet. */
export function personOf(token: JWT | null): z.infer<typeof PERSON> | null {
  const parsed = PERSON.safeParse(token)
  return parsed.success ? parsed.data : null
}

const DAY_SECONDS = 24 * 60 * 60
/** The longest that an organisation may allow; when a session ends is the server's to say, at each call. */
export const SESSION_SECONDS = SESSION_DAYS_MAX * DAY_SECONDS

/** Of a session in use, whose cookie gets its time again, at most once a day; null when it is too soon. */
export function sessionToRenew(token: JWT | null): Session | null {
  const age = container().deps.now().getTime() / 1_000 - Number(token?.iat ?? 0)
  return age >= DAY_SECONDS ? sessionOf(token) : null
}

/** The cookie of a session: its name, its value, and where it goes. */
export async function sessionCookie(ids: Session) {
  const { env } = container()
  const secure = env.NEXTAUTH_URL.startsWith('https:')
  return {
    name: `${secure ? '__Secure-' : ''}next-auth.session-token`,
    value: await encode({ token: { ...ids }, secret: env.NEXTAUTH_SECRET, maxAge: SESSION_SECONDS }),
    options: { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: SESSION_SECONDS },
  } as const
}
