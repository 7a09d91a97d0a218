import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'

/**
 * What becomes of what a phone pushes. `pass`: it arrives and is answered. `broken`: the line breaks in the middle of it.
 * `lost`: it arrives, and the line breaks before the answer. `stalled`: it arrives, and the answer never comes.
 */
export type Pushes = 'pass' | 'broken' | 'lost' | 'stalled'

/** The way to the server, which can be cut: what comes then is refused, as by a machine where nothing serves. */
export type Line = {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
  /** From now on the phone's worker is another build's. */
  deploy(build: string): void
  /** From now on; what was stalled before ends without an answer. */
  pushes(become: Pushes): void
  /** How many pushes were under way so far. */
  pushed(): number
}

export async function openLine(to: string): Promise<Line> {
  let build: string | null = null
  let become: Pushes = 'pass'
  let count = 0
  const waiting = new Set<ServerResponse>()
  const pass = (near: IncomingMessage, out: ServerResponse): void => {
    const renamed = near.url === '/phone-worker.js' ? build : null
    const push = near.url === '/api/sync/push' ? become : 'pass'
    if (near.url === '/api/sync/push') count += 1
    const headers = { ...near.headers, ...(renamed ? { 'accept-encoding': 'identity' } : {}) }
    const far = send(new URL(near.url ?? '/', to), { method: near.method, headers }, async (answer) => {
      if (push === 'lost') {
        out.destroy()
        return
      }
      if (push === 'stalled') {
        waiting.add(out)
        return
      }
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
    if (push === 'broken')
      near.once('data', (first: Buffer) => {
        far.write(first.subarray(0, first.length / 2))
        far.destroy()
        out.destroy()
      })
    else near.pipe(far)
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
    pushes(next) {
      become = next
      for (const out of waiting) out.destroy()
      waiting.clear()
    },
    pushed: () => count,
  }
}
