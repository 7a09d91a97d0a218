import { isPosition, type Position, positionOf } from '@fieldback/db/replica'
import { cookies } from 'next/headers'
import { container } from './container.ts'

/** A replica that is further behind than this is not read at all. */
const SECONDS = 60
const COOKIE = 'fieldback.written'

/** How far the log of the database had come when this browser last wrote; null: it did not lately. */
export async function readWritten(): Promise<Position | null> {
  const value = (await cookies()).get(COOKIE)?.value
  return isPosition(value) ? value : null
}

/** Notes it, so that who wrote something finds it in figures that are read from a replica. Route handlers only. */
export async function keepWritten(): Promise<void> {
  const { deps, env } = container()
  if (!deps.replica) return
  // What was written is written, whether or not its place can be told.
  const [jar, position] = await Promise.all([cookies(), positionOf(deps.db).catch(() => null)])
  if (position === null) return
  jar.set(COOKIE, position, {
    httpOnly: true,
    sameSite: 'lax',
    secure: env.NEXTAUTH_URL.startsWith('https:'),
    path: '/',
    maxAge: SECONDS,
  })
}
