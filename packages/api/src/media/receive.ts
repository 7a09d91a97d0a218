import { createHash, randomBytes } from 'node:crypto'
import {
  closeMedia,
  countSent,
  findMedia,
  insertMedia,
  isNamedByOwn,
  type MediaRow,
  noteChunk,
  startOver,
} from '@fieldback/db/media/media.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import {
  CHUNK_BYTES,
  chunkBounds,
  chunksOf,
  MEDIA_A_DAY,
  MEDIA_BYTES_MAX,
  type MediaChunk,
  type MediaHead,
  type MediaState,
  PHOTO_SIDE,
} from '@fieldback/domain/media/media'
import type { Context } from '../context.ts'
import { withinSession } from '../within-session.ts'
import { partKey, photoKey } from './keys.ts'
import { sweep } from './sweep.ts'

const DAY_MS = 86_400_000

/**
 * Hears of a photo that a phone holds, and says what is here of it. The text comes first: a report of this person's that
 * was accepted names it. MEDIA_NOT_NAMED, MEDIA_TOO_MANY, MEDIA_UNREADABLE, MEMBERSHIP_OTHER, and what ends a session.
 */
export async function announce(context: Context, id: string, head: MediaHead): Promise<MediaState> {
  const { deps, session } = context
  if (session && head.membershipId !== session.membershipId) throw new FieldbackError('MEMBERSHIP_OTHER')
  const row = await withinSession(context, null, async (sdb) => {
    const known = await findMedia(sdb, id)
    if (known) return isSame(known, head) ? known : null
    if (!(await isNamedByOwn(sdb, { ...head, id }))) return null
    const since = new Date(deps.now().getTime() - DAY_MS)
    if ((await countSent(sdb, since)) >= MEDIA_A_DAY)
      throw new FieldbackError('MEDIA_TOO_MANY', { most: MEDIA_A_DAY })
    await insertMedia(sdb, { ...head, id, storageKey: `media/${randomBytes(24).toString('hex')}` })
    return findMedia(sdb, id)
  })
  if (!row) throw new FieldbackError('MEDIA_NOT_NAMED')
  await sweep(context)
  return standing(context, row)
}

const isSame = (known: MediaRow, head: MediaHead): boolean =>
  (['membershipId', 'reportId', 'bytes', 'sha256'] as const).every((part) => known[part] === head[part])

/**
 * Takes one chunk. One that is here already does no harm, and one that comes too early is told what is awaited; with the last
 * one the photo is made anew and kept. MEDIA_NOT_NAMED, MEDIA_BROKEN, MEDIA_UNREADABLE, STORAGE_FULL, and what ends a session.
 */
export async function takeChunk(
  context: Context,
  id: string,
  { chunk, sha256, body }: MediaChunk & { readonly body: Uint8Array },
): Promise<MediaState> {
  const own = () =>
    withinSession(context, null, async (sdb) => {
      const known = await findMedia(sdb, id)
      if (known?.membershipId !== sdb.scope.membershipId) throw new FieldbackError('MEDIA_NOT_NAMED')
      return known
    })
  const row = await own()
  if (row.state !== 'receiving' || chunk !== row.received) return standing(context, row)
  const { from, to } = chunkBounds(row.bytes, chunk)
  if (body.byteLength !== to - from || hashOf(body) !== sha256) throw new FieldbackError('MEDIA_BROKEN')
  await context.deps.storage.put(partKey(row, chunk), once(body), { maxBytes: CHUNK_BYTES })
  await withinSession(context, null, (sdb) => noteChunk(sdb, id, chunk))
  return standing(context, await own())
}

/** Where a photo stands; one whose last chunk is here is finished first, whatever cut that short before. */
async function standing(context: Context, row: MediaRow): Promise<MediaState> {
  const at = context.deps.now().toISOString()
  const { received, state } = row
  if (state === 'refused') throw new FieldbackError('MEDIA_UNREADABLE')
  if (state === 'kept') return { received, kept: true, at }
  if (received < chunksOf(row.bytes)) return { received, kept: false, at }
  await finish(context, row)
  return { received, kept: true, at }
}

async function finish(context: Context, row: MediaRow): Promise<void> {
  const { storage, images } = context.deps
  const whole = await readParts(context, row)
  if (!whole || hashOf(whole) !== row.sha256) {
    await withinSession(context, null, (sdb) => startOver(sdb, row.id))
    throw new FieldbackError('MEDIA_BROKEN')
  }
  const photo = await images.asPhoto(whole, { side: PHOTO_SIDE })
  if (photo) await storage.put(photoKey(row), once(photo.bytes), { maxBytes: MEDIA_BYTES_MAX * 2 })
  await withinSession(context, null, (sdb) => closeMedia(sdb, row.id, photo))
  for (let chunk = 0; chunk < chunksOf(row.bytes); chunk++) await storage.delete(partKey(row, chunk))
  if (!photo) throw new FieldbackError('MEDIA_UNREADABLE')
}

/** All that came, or null when a part is not where it was put. */
async function readParts({ deps }: Context, row: MediaRow): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  for (let chunk = 0; chunk < chunksOf(row.bytes); chunk++) {
    const body = await deps.storage.get(partKey(row, chunk))
    if (body === null) return null
    for await (const piece of body) parts.push(piece)
  }
  return Buffer.concat(parts)
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
