import { container } from './container.ts'

type Handler = (request: Request) => Promise<Response>

/** Writes one line for each call of a route: its name, status, duration and request id; nothing of what was sent. */
export const logged =
  (route: string, handle: Handler): Handler =>
  async (request) => {
    const { deps } = container()
    const start = performance.now()
    const response = await handle(request)
    const fields = {
      route,
      method: request.method,
      status: response.status,
      ms: Math.round(performance.now() - start),
      requestId: request.headers.get('x-request-id') ?? '',
    }
    if (response.status >= 500) deps.log.error('http.request', fields)
    else deps.log.info('http.request', fields)
    return response
  }
