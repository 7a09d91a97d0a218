import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The way to the server, which can be cut: what comes then is refused, as by a machine where nothing serves. */
export type Line = {
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function openLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => into.destroy())
      from.on('close', () => {
        sockets.delete(from)
        into.destroy()
      })
      from.pipe(into)
    }
  })
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
      for (const socket of sockets) socket.destroy()
      await closed
    },
    async mend() {
      await listen(own)
    },
  }
}
