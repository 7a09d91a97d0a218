import { FieldbackError } from '@fieldback/domain/errors'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { outsideProxy } from './outside-proxy.ts'
import { createCaller } from './procedures.ts'
import { readJsonBody } from './read-json-body.ts'
import { contextOf } from './request-context.ts'
import { readSession, renewSession } from './session.ts'
import { toldAs } from './told-error.ts'

type Procedures = ReturnType<typeof createCaller>

/**
 * A plain route in front of a procedure of sync, for bodies the transport does not inflate. Nobody's body is read before
 * a session is there.
 */
export const syncRoute = (name: string, call: (called: Procedures, input: unknown) => Promise<unknown>) =>
  outsideProxy(name, async (request, requestId) => {
    try {
      const session = await readSession()
      if (!session) throw new FieldbackError('UNAUTHENTICATED')
      await renewSession()
      const input = await readJsonBody(request, BATCH_BYTES_MAX)
      return Response.json(await call(createCaller(contextOf(session, requestId)), input))
    } catch (error) {
      return toldAs(error)
    }
  })
