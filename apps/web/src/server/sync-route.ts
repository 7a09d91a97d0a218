import { FieldbackError } from '@fieldback/domain/errors'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { logged } from './logged.ts'
import { procedures } from './procedures.ts'
import { readJsonBody } from './read-json-body.ts'
import { readSession, renewSession } from './session.ts'
import { toldAs } from './told-error.ts'

type Procedures = Awaited<ReturnType<typeof procedures>>

/**
 * A plain route in front of a procedure of sync, for bodies the transport does not inflate. Nobody's body is read before
 * a session is there.
 */
export const syncRoute = (name: string, call: (called: Procedures, input: unknown) => Promise<unknown>) =>
  logged(name, async (request) => {
    try {
      if (!(await readSession())) throw new FieldbackError('UNAUTHENTICATED')
      await renewSession()
      const input = await readJsonBody(request, BATCH_BYTES_MAX)
      return Response.json(await call(await procedures(), input))
    } catch (error) {
      return toldAs(error)
    }
  })
