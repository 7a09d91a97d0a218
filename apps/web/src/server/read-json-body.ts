import { gunzipSync } from 'node:zlib'
import { FieldbackError } from '@fieldback/domain/errors'

type Sent = {
  readonly headers: Pick<Headers, 'get'>
  readonly body: AsyncIterable<Uint8Array> | null
}

/**
 * The JSON of a request's body, inflated when it says gzip, so far as `maxBytes` before and after, so that a small body
 * cannot fill the memory: TOO_LARGE beyond; a body that is not gzip or not JSON is INVALID_INPUT.
 */
export async function readJsonBody(request: Sent, maxBytes: number): Promise<unknown> {
  if (!request.body) throw new FieldbackError('INVALID_INPUT')
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding !== 'gzip' && encoding !== 'identity')
    throw new FieldbackError('INVALID_INPUT')
  try {
    const sent = await readBytes(request.body, maxBytes)
    const bytes = encoding === 'gzip' ? inflate(sent, maxBytes) : sent
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (error instanceof FieldbackError) throw error
    throw new FieldbackError('INVALID_INPUT')
  }
}

/** The request with its body read, so far as `maxBytes`: TOO_LARGE beyond. */
export async function bounded(request: Request, maxBytes: number): Promise<Request> {
  const { url, method, headers, body } = request
  return body ? new Request(url, { method, headers, body: await readBytes(body, maxBytes) }) : request
}

async function readBytes(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop by a throw cancels the stream: the rest is not read.
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new FieldbackError('TOO_LARGE', { maxBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

// At once rather than as a stream: a push of a few kilobytes is inflated in less time than a stream takes to be made.
function inflate(sent: Uint8Array, maxBytes: number): Uint8Array {
  try {
    return gunzipSync(sent, { maxOutputLength: maxBytes })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new FieldbackError('TOO_LARGE', { maxBytes })
    throw error
  }
}
