import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Signer, signRequest } from './sign-request.ts'

export type Bucket = {
  readonly endpoint: string
  readonly files: ReadonlyMap<string, Buffer>
  /** From now on there is no room. */
  fill(): void
  stop(): Promise<void>
}

/** A service that speaks as much S3 as we do, and believes nobody: what is not signed for these very bytes is refused. */
export async function openBucket(signer: Signer): Promise<Bucket> {
  const files = new Map<string, Buffer>()
  let full = false
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const { method = '', url: path = '', headers } = request
    const sha256 = createHash('sha256').update(body).digest('hex')
    const stamp = String(headers['x-amz-date'])
    const at = new Date(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
    const url = new URL(path, `http://${headers.host}`)
    const { authorization } = signRequest(signer, { method, url, sha256, at })
    const end = (status: number, content?: Buffer) => void response.writeHead(status).end(content)
    if (headers.authorization !== authorization || headers['x-amz-content-sha256'] !== sha256) return end(403)
    if (headers['transfer-encoding'] !== undefined) return end(501)
    const file = files.get(path)
    if (method === 'PUT') {
      if (full) return end(507)
      files.set(path, body)
      return end(200)
    }
    if (method === 'DELETE') {
      files.delete(path)
      return end(204)
    }
    return file ? end(200, method === 'GET' ? file : undefined) : end(404)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    files,
    fill: () => {
      full = true
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
