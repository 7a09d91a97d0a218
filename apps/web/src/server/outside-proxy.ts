import { randomUUID } from 'node:crypto'
import { FieldbackError } from '@fieldback/domain/errors'
import { container } from './container.ts'
import { DATA_POLICY, STRICT_TRANSPORT } from './content-security-policy.ts'
import { type Handler, logged } from './logged.ts'
import { isFromOurPages } from './same-origin.ts'
import { toldAs } from './told-error.ts'

/**
 * A route that the proxy leaves out, since it would keep and copy the body: it refuses what other sites send, names the
 * call and sets the policy by itself.
 */
export const outsideProxy = (route: string, handle: Handler) =>
  logged(
    route,
    async (request, requestId) => {
      const site = container().env.NEXTAUTH_URL
      const response = isFromOurPages(request, site) ? await handle(request, requestId) : refusal()
      response.headers.set('x-request-id', requestId)
      response.headers.set('content-security-policy', DATA_POLICY)
      response.headers.set('cache-control', 'no-store')
      if (site.startsWith('https:')) response.headers.set('strict-transport-security', STRICT_TRANSPORT)
      return response
    },
    // What a client calls itself does not name it in the log.
    () => randomUUID(),
  )

const refusal = () => toldAs(new FieldbackError('FORBIDDEN', { reason: 'cross_origin' }))
