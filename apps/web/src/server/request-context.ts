import type { Context, Session } from '@fieldback/api/context'
import type { Position } from '@fieldback/db/replica'
import type { Log } from '@fieldback/domain/ports/runtime'
import { headers } from 'next/headers'
import { cache } from 'react'
import { container } from './container.ts'
import { readSession } from './session.ts'
import { readWritten } from './written.ts'

/** What procedures are given for this request: the adapters, a log that names the request, and who asks. */
export const requestContext = cache(async (): Promise<Context> => {
  const [head, session, written] = await Promise.all([headers(), readSession(), readWritten()])
  return contextOf(session, head.get('x-request-id') ?? '', written)
})

/** The same where both are known already. */
export function contextOf(
  session: Session | null,
  requestId: string,
  written: Position | null = null,
): Context {
  const { deps } = container()
  return { deps: { ...deps, log: named(deps.log, requestId) }, session, written }
}

const named = (log: Log, requestId: string): Log => ({
  info: (event, fields) => log.info(event, { ...fields, requestId }),
  warn: (event, fields) => log.warn(event, { ...fields, requestId }),
  error: (event, fields) => log.error(event, { ...fields, requestId }),
})
