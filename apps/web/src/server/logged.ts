import { container } from './container.ts'

/** A route's answer; `requestId` names the call in the log. */
export type Handler = (request: Request, requestId: string) => Promise<Response>

const namedByProxy = (request: Request): string => request.headers.get('x-request-id') ?? ''

/** Writes one line for each call of a route: its name, status, duration and request id; nothing of what was sent. */
export const logged =
  (route: string, handle: Handler, nameOf = namedByProxy) =>
  async (request: Request): Promise<Response> => {
    const { deps } = container()
    const requestId = nameOf(request)
    const start = performance.now()
    const response = await handle(request, requestId)
    const fields = {
      route,
      method: request.method,
      status: response.status,
      ms: Math.round(performance.now() - start),
      requestId,
    }
    if (response.status >= 500) deps.log.error('http.request', fields)
    else deps.log.info('http.request', fields)
    return response
  }
