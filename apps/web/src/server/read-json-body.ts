import { FieldbackError } from '@fieldback/domain/errors'

/**
 * The JSON of a request's body, inflated when it says gzip. Counted as it is inflated, so that a small body cannot fill
 * the memory: TOO_LARGE beyond `maxBytes`; a body that is not gzip or not JSON is INVALID_INPUT.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  if (!request.body) throw new FieldbackError('INVALID_INPUT')
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding !== 'gzip' && encoding !== 'identity')
    throw new FieldbackError('INVALID_INPUT')
  const inflated =
    encoding === 'gzip' ? request.body.pipeThrough(new DecompressionStream('gzip')) : request.body
  try {
    return JSON.parse(await readText(inflated, maxBytes))
  } catch (error) {
    if (error instanceof FieldbackError) throw error
    throw new FieldbackError('INVALID_INPUT')
  }
}

async function readText(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let text = ''
  // Leaving the loop by a throw cancels the stream: the rest is not inflated.
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw new FieldbackError('TOO_LARGE', { maxBytes })
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
