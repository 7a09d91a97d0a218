import type { Instrumentation } from 'next'

/** Once, when the server starts: its settings are read, and every request gets the address it came from. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./server/start.ts')
}

/** What a page or a route threw without telling: its name and place, never its message. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  // Written so that the bundler leaves the server's modules out of the edge build, which nobody runs.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { container } = await import('./server/container.ts')
    const { describe, isAnswer } = await import('./server/quiet-console.ts')
    if (isAnswer(error)) return
    container().deps.log.error('request.failed', {
      ...describe(error),
      route: context.routePath,
      kind: context.routeType,
      requestId: String(request.headers['x-request-id'] ?? ''),
    })
  }
}
