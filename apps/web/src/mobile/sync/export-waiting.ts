import type { PhoneStore } from '../data/store.ts'
import { photosOf } from '../media/photos.ts'
import { waitingPhotos } from '../media/waiting-photos.ts'
import { todayHere } from '../phone.tsx'
import { saveFile } from './save-file.ts'

/** Everything the server has not accepted, whole, in a file that can be kept or given to an administrator. */
export async function exportWaiting(store: PhoneStore): Promise<void> {
  const { identity, outbox, drafts } = store.getState()
  const photos = photosOf(store)
  const { waiting, refused } = waitingPhotos(outbox, await photos.list())
  const now = new Date()
  const whole = {
    exportedAt: now.toISOString(),
    orgId: identity.orgId,
    membershipId: identity.membershipId,
    name: identity.displayName,
    operations: outbox.filter(({ state }) => state !== 'accepted'),
    drafts: [...drafts.values()],
    photos: await Promise.all(
      [...waiting, ...refused].map(async ({ photo: { id }, name: { reportId, fieldId } }) => {
        const bytes = await photos.read(id)
        return { id, reportId, fieldId, jpeg: bytes ? await dataAddress(bytes) : null }
      }),
    ),
  }
  saveFile(`fieldback-${todayHere(now)}.json`, JSON.stringify(whole, null, 2), 'application/json')
}

/** A picture as an address that holds it whole: what opens it needs nothing else. */
const dataAddress = (bytes: ArrayBuffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(new Blob([bytes], { type: 'image/jpeg' }))
  })
