import { deleteMedia, type MediaRow, staleMedia } from '@fieldback/db/media/media.repo'
import { chunksOf } from '@fieldback/domain/media/media'
import type { StoragePort } from '@fieldback/domain/ports/storage'
import type { Context } from '../context.ts'
import { withinSession } from '../within-session.ts'
import { partKey, photoKey } from './keys.ts'

/** A correction may be corrected again: what it took away is kept for as long as a backup is of use. */
const STALE_DAYS = 30
/** More are left for the next time: nobody waits for long. */
const AT_ONCE = 10

/**
 * Lets go of photos that this person's reports name no more, and of those that never came whole. Done when he sends others:
 * his own leavings are all that a phone that went silent leaves behind.
 */
export async function sweep(context: Context): Promise<void> {
  const { now, storage } = context.deps
  const before = new Date(now().getTime() - STALE_DAYS * 86_400_000)
  const stale = await withinSession(context, null, (sdb) => staleMedia(sdb, before, AT_ONCE))
  if (stale.length === 0) return
  for (const media of stale) await deleteFiles(storage, media)
  // Last: cut short before, it is begun again.
  await withinSession(context, null, (sdb) =>
    deleteMedia(
      sdb,
      stale.map(({ id }) => id),
    ),
  )
}

/** Deletes all that may lie in the storage of a photo; done as well where there is nothing. */
export async function deleteFiles(
  storage: StoragePort,
  media: Pick<MediaRow, 'bytes' | 'storageKey'>,
): Promise<void> {
  await storage.delete(photoKey(media))
  for (let chunk = 0; chunk < chunksOf(media.bytes); chunk++) await storage.delete(partKey(media, chunk))
}
