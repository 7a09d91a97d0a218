import type { SessionIds } from '@fieldback/api/context'
import { cookies } from 'next/headers'
import { getToken, type JWT } from 'next-auth/jwt'
import { cache } from 'react'
import * as z from 'zod'
import { container } from './container.ts'

const IDS = z.object({ personId: z.uuid(), orgId: z.uuid(), membershipId: z.uuid(), deviceId: z.uuid() })
const PERSON = z.object({ personId: z.uuid() })

/** What the session cookie says, once a request; null when there is none or it is not ours. It proves no right. */
const readToken = cache(async (): Promise<JWT | null> => {
  const jar = await cookies()
  const { NEXTAUTH_SECRET } = container().env
  const req = {
    cookies: Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])),
    headers: {},
  }
  return getToken({ req: req as Parameters<typeof getToken>[0]['req'], secret: NEXTAUTH_SECRET })
})

/** Person, organisation, membership and device of this request; null before an organisation is chosen. */
export async function readSession(): Promise<SessionIds | null> {
  const parsed = IDS.safeParse(await readToken())
  return parsed.success ? parsed.data : null
}

/** The person signed in, even when he has not chosen his organisation yet. */
export async function readPerson(): Promise<string | null> {
  const parsed = PERSON.safeParse(await readToken())
  return parsed.success ? parsed.data.personId : null
}
