import { Readable } from 'node:stream'
import { openPhoto } from '@fieldback/api/media/open-photo'
import { announce, takeChunk } from '@fieldback/api/media/receive'
import { FieldbackError } from '@fieldback/domain/errors'
import { CHUNK_BYTES, mediaChunk, mediaHead, mediaId } from '@fieldback/domain/media/media'
import { refusedDownload } from './downloaded.ts'
import { logged } from './logged.ts'
import { requestContext } from './request-context.ts'
import { toldAs } from './told-error.ts'

/** A phone says which photo it is about to send, and hears what is here of it. */
export const mediaAnnounced = (id: string) =>
  logged('media.announce', async (request) => {
    try {
      const head = mediaHead.parse(await request.json())
      return Response.json(await announce(await requestContext(), mediaId.parse(id), head))
    } catch (error) {
      return toldAs(error)
    }
  })

/** One chunk of a photo as the body of a request. */
export const mediaChunkSent = (id: string) =>
  logged('media.chunk', async (request) => {
    try {
      const chunk = mediaChunk.parse(Object.fromEntries(new URL(request.url).searchParams))
      const body = await readChunk(request)
      return Response.json(await takeChunk(await requestContext(), mediaId.parse(id), { ...chunk, body }))
    } catch (error) {
      return toldAs(error)
    }
  })

/** A photo. Its bytes never change, so that a browser asks once; nobody else's cache holds it. */
export const mediaPhoto = (id: string) =>
  logged('media.photo', async (request) => {
    try {
      const { day, body } = await openPhoto(await requestContext(), mediaId.parse(id))
      return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>, {
        headers: {
          'content-type': 'image/jpeg',
          'content-disposition': `inline; filename="photo-${day}.jpg"`,
          'cache-control': 'private, max-age=31536000, immutable',
        },
      })
    } catch (error) {
      return refusedDownload(request, error)
    }
  })

/** Never more than a chunk is held, whatever the request says of itself. */
async function readChunk(request: Request): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of request.body ?? []) {
    bytes += part.byteLength
    if (bytes > CHUNK_BYTES) throw new FieldbackError('TOO_LARGE', { maxBytes: CHUNK_BYTES })
    parts.push(part)
  }
  return Buffer.concat(parts)
}
