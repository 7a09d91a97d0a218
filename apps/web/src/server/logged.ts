import { container } from './container.ts'

/** A route's answer; `requestId` names the call in the log. */
export type Handler = (request: Request, requestId: string) => Promise<Response>

const namedByProxy = (request: Request): string => request.headers.get('x-request-id') ?? ''

/** Writes one line for each call of a route: its name, status, duration and request id; nothing of what was sent. */
export const logged =
  (route: string, handle: Handler, nameOf = namedByProxy) =>
  async (request: Request): Promise<Response> => {
    const requestId = nameOf(request)
    const start = performance.now()
    const response = await handle(request, requestId)
    logCall({ route, method: request.method, status: response.status, start, requestId })
    return response
  }

type Called = {
  readonly route: string
  readonly method: string
  readonly status: number
  /** By the clock of `performance`. */
  readonly start: number
  readonly requestId: string
}

export function logCall({ start, ...called }: Called): void {
  const { log } = container().deps
  const fields = { ...called, ms: Math.round(performance.now() - start) }
  if (called.status >= 500) log.error('http.request', fields)
  else log.info('http.request', fields)
}
