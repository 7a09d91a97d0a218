import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { container } from './container.ts'
import { direct } from './direct.ts'
import { quietConsole } from './quiet-console.ts'
import { answerSync } from './sync-calls.ts'

try {
  const { deps, env } = container()
  if (env.NODE_ENV === 'production') quietConsole(deps.log)
  direct().register(answerSync)
  deps.log.info('web.started', { proxies: env.FIELDBACK_PROXIES })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The web server cannot start.'}\n`)
  process.exit(1)
}

// Appended, as a proxy would: what a client wrote before it is never taken for its address (client-address.ts).
subscribe('http.server.request.start', (message) => {
  const { headers, socket } = (message as { request: IncomingMessage }).request
  const before = headers['x-forwarded-for']
  headers['x-forwarded-for'] = before ? `${before}, ${socket.remoteAddress}` : socket.remoteAddress
})
