import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import * as z from 'zod'
import { container } from './container.ts'

const NAME = 'fb_device'
const YEAR = 365 * 24 * 60 * 60

/** The lasting id of this browser, made at its first sign-in and kept a year from the last. Route handlers only. */
export async function keepBrowserId(): Promise<string> {
  const jar = await cookies()
  const known = z.uuid().safeParse(jar.get(NAME)?.value)
  const id = known.success ? known.data : randomUUID()
  const secure = container().env.NEXTAUTH_URL.startsWith('https:')
  jar.set(NAME, id, { httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR, path: '/' })
  return id
}
