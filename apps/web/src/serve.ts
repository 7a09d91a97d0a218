import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { direct } from './server/direct.ts'

// The web server. Next makes pages and most answers; what phones send and wait for is answered before it, since passing
// through it takes longer than the work itself. Next's own build registers it (server/start.ts): one set of modules.
const SIGNALS = { SIGINT: 130, SIGTERM: 143 }

const port = Number(process.env.PORT)
const app = next({ dev: process.argv[2] === 'dev', dir: fileURLToPath(new URL('..', import.meta.url)), port })
await app.prepare()
const answerPage = app.getRequestHandler()
const answerDirectly = await direct().registered

const server = createServer((request, response) => {
  if (answerDirectly(request, response)) return
  answerPage(request, response).catch(() => response.destroy())
})

for (const [signal, code] of Object.entries(SIGNALS))
  process.once(signal, () => server.close(() => app.close().finally(() => process.exit(code))))

// Longer than the minute a load balancer keeps a connection that nothing passes over: were the server the first to close
// it, a push sent at that moment would be cut. Node's own is five seconds.
server.keepAliveTimeout = 75_000
server.listen(port)
