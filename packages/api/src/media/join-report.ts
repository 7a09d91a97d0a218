import { createHash, randomBytes } from 'node:crypto'
import { inOrgSql } from '@fieldback/db/org-sql'
import { keepJoined, namingReport, noteJoined, type PhoneIds } from '@fieldback/db/sync/handover.repo'
import { chunksOf, MEDIA_BYTES_MAX, PHOTO_SIDE } from '@fieldback/domain/media/media'
import type { Deps } from '../context.ts'
import { partKey, photoKey } from './keys.ts'

/**
 * Puts a photo that a phone hands over with the accepted report of its person that names it; false when none does, or
 * when it is no picture. Twice is once.
 */
export async function joinReport(
  deps: Deps,
  phone: PhoneIds,
  id: string,
  jpeg: Uint8Array,
): Promise<boolean> {
  const named = await inOrgSql(deps.db, phone.orgId, (sql) => namingReport(sql, phone, id))
  if (!named || named.media?.state === 'refused') return false
  if (named.media?.state === 'kept') return true
  const photo = await deps.images.asPhoto(jpeg, { side: PHOTO_SIDE })
  if (!photo) return false
  const noted = await inOrgSql(deps.db, phone.orgId, (sql) =>
    noteJoined(sql, phone.orgId, {
      id,
      membershipId: phone.membershipId,
      reportId: named.reportId,
      fieldId: named.fieldId,
      bytes: jpeg.byteLength,
      sha256: createHash('sha256').update(jpeg).digest('hex'),
      storageKey: `media/${randomBytes(24).toString('hex')}`,
    }),
  )
  if (!noted) return false
  await deps.storage.put(photoKey(noted), once(photo.bytes), { maxBytes: MEDIA_BYTES_MAX * 2 })
  await inOrgSql(deps.db, phone.orgId, (sql) => keepJoined(sql, phone.orgId, { id, ...photo }))
  // What the phone had begun to send of it.
  for (let chunk = 0; chunk < chunksOf(named.media?.bytes ?? 0); chunk++)
    await deps.storage.delete(partKey(noted, chunk))
  return true
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
