import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'

/** The way to the server, which can be cut: what comes then is refused, as by a machine where nothing serves. */
export type Line = {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
  /** From now on the phone's worker is another build's. */
  deploy(build: string): void
}

export async function openLine(to: string): Promise<Line> {
  let build: string | null = null
  const pass = (near: IncomingMessage, out: ServerResponse): void => {
    const renamed = near.url === '/phone-worker.js' ? build : null
    const headers = { ...near.headers, ...(renamed ? { 'accept-encoding': 'identity' } : {}) }
    const far = send(new URL(near.url ?? '/', to), { method: near.method, headers }, async (answer) => {
      if (!renamed) {
        out.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(out)
        return
      }
      const text = (await answer.setEncoding('utf8').toArray()).join('')
      out.writeHead(200, { 'content-type': 'text/javascript' })
      out.end(text.replace(/"key":"\w+"/, `"key":"${renamed}"`))
    })
    far.on('error', () => out.destroy())
    near.pipe(far)
  }
  const server = createServer(pass)
  const listen = async (at: number): Promise<number> => {
    server.listen(at)
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : at
  }
  const own = await listen(0)
  return {
    url: `http://localhost:${own}`,
    async cut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
    async mend() {
      await listen(own)
    },
    deploy(next) {
      build = next
    },
  }
}
