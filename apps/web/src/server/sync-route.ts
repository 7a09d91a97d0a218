import { FieldbackError } from '@fieldback/domain/errors'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { caller } from './caller.ts'
import { logged } from './logged.ts'
import { readJsonBody } from './read-json-body.ts'
import { readSession } from './session.ts'
import { toldAs } from './told-error.ts'

type Caller = Awaited<ReturnType<typeof caller>>

/**
 * A plain route in front of a procedure of sync, for bodies the transport does not inflate. Nobody's body is read before
 * a session is there.
 */
export const syncRoute = (name: string, call: (procedures: Caller, input: unknown) => Promise<unknown>) =>
  logged(name, async (request) => {
    try {
      if (!(await readSession())) throw new FieldbackError('UNAUTHENTICATED')
      const input = await readJsonBody(request, BATCH_BYTES_MAX)
      return Response.json(await call(await caller(), input))
    } catch (error) {
      return toldAs(error)
    }
  })
