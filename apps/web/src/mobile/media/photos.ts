import { takenAt } from '@fieldback/domain/field/types/photo'
import { newId } from '../data/new-id.ts'
import type { PhoneStore } from '../data/store.ts'
import { Refused } from '../sync/transport.ts'
import { compress } from './compress.ts'
import { namedHere, type PhotoName, photoNames } from './photo-names.ts'
import {
  isFull,
  keepPhoto,
  letPhotosGo,
  notePhoto,
  openPhotos,
  type Photo,
  type PhotoDb,
  readBytes,
  readPhotos,
} from './photo-store.ts'
import { sha256, upload } from './upload.ts'
import { isWaiting, waitingPhotos } from './waiting-photos.ts'

/** What screens read of photos; a new object at each change. */
export type PhotosState = {
  /** null until they have been read. */
  readonly photos: readonly Photo[] | null
  /** Bytes that the server has of the one that is being sent. */
  readonly sending: { readonly id: string; readonly sent: number } | null
  /** So many were sent today that the others wait for tomorrow. */
  readonly tooMany: boolean
  /** Files that are being made photos of. */
  readonly preparing: number
}

export type TakeFault = 'unreadable' | 'notKept' | 'notKeptOther'

export type Photos = {
  getState(): PhotosState
  subscribe(listener: () => void): () => void
  /** Makes a photo of a file and keeps it on the phone; its id once it is there. */
  take(file: Blob): Promise<{ readonly id: string } | { readonly fault: TakeFault }>
  /** Those that this phone holds. */
  list(): Promise<readonly Photo[]>
  /** undefined when this phone does not hold it. */
  read(id: string): Promise<ArrayBuffer | undefined>
}

const of = new WeakMap<PhoneStore, Photos>()

/** The photos of the person whose phone this is; from the first call on they are sent whenever they can be. */
export function photosOf(store: PhoneStore): Photos {
  const known = of.get(store)
  if (known) return known
  const made = open(store)
  of.set(store, made)
  return made
}

function open(store: PhoneStore): Photos {
  const { membershipId } = store.getState().identity
  const { vault } = store
  const listeners = new Set<() => void>()
  let state: PhotosState = { photos: null, sending: null, tooMany: false, preparing: 0 }
  const change = (patch: Partial<PhotosState>): void => {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }
  let opened: Promise<PhotoDb> | null = null
  const forget = (): void => {
    opened = null
  }
  const db = (): Promise<PhotoDb> => {
    opened ??= openPhotos(membershipId, forget)
    opened.catch(forget)
    return opened
  }
  const read = async (id: string): Promise<ArrayBuffer | undefined> => {
    const bytes = await readBytes(await db(), id)
    return bytes && vault ? vault.openPhoto(bytes, id) : bytes
  }
  const reread = async (): Promise<readonly Photo[]> => {
    const photos = await readPhotos(await db())
    change({ photos })
    count()
    return photos
  }
  /** Told to the store, whose screens say what waits without fetching this. */
  const count = (): void => {
    const { photos } = state
    if (photos) store.notePhotosWaiting(waitingPhotos(store.getState().outbox, photos).waiting.length)
  }

  /** Text first: a photo leaves once the server has taken what names it. One sender across tabs. */
  const send = (): Promise<void> =>
    navigator.locks.request(`fieldback-media-${membershipId}`, async () => {
      const names = photoNames(store.getState().outbox)
      for (const photo of await reread()) {
        const name = names.get(photo.id)
        if (name?.state === 'accepted' && isWaiting(photo, name)) await sendOne(photo, name)
      }
      change({ tooMany: false })
    })
  const sendOne = async (photo: Photo, { reportId, fieldId }: PhotoName): Promise<void> => {
    const bytes = await read(photo.id)
    if (!bytes) return
    const { id, sha256: hash } = photo
    try {
      const onProgress = (sent: number) => change({ sending: { id, sent } })
      const keptAt = await upload({ id, membershipId, reportId, fieldId, bytes, sha256: hash, onProgress })
      await notePhoto(await db(), { ...photo, keptAt })
    } catch (error) {
      if (error instanceof Refused && error.code === 'MEDIA_UNREADABLE')
        await notePhoto(await db(), { ...photo, refused: true })
      // Its report no longer names it, or it starts again with the next turn: others need not wait for that.
      else if (!(error instanceof Refused && ['MEDIA_NOT_NAMED', 'MEDIA_BROKEN'].includes(error.code)))
        throw error
    } finally {
      change({ sending: null })
      await reread()
    }
  }
  let running: Promise<void> | null = null
  let again = false
  const kick = (): void => {
    if (running) {
      again = true
      return
    }
    running = send()
      // Tried again once the reports' own exchange has found the server.
      .catch((error: unknown) =>
        change({ tooMany: error instanceof Refused && error.code === 'MEDIA_TOO_MANY' }),
      )
      .finally(() => {
        running = null
        if (!again) return
        again = false
        kick()
      })
  }

  let { outbox, sync } = store.getState()
  store.subscribe(() => {
    const next = store.getState()
    const isNews = next.outbox !== outbox || (next.sync !== sync && next.sync === 'idle')
    outbox = next.outbox
    sync = next.sync
    if (!isNews) return
    count()
    kick()
  })
  db()
    .then((opened) => letPhotosGo(opened, { now: new Date(), isNamed: namedHere(store.getState()), takenAt }))
    .catch(() => {})
    .finally(kick)

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async take(file) {
      change({ preparing: state.preparing + 1 })
      try {
        const bytes = await compress(file)
        if (!bytes) return { fault: 'unreadable' }
        const id = newId()
        const photo = {
          id,
          bytes: bytes.byteLength,
          sha256: await sha256(bytes),
          keptAt: null,
          refused: false,
        }
        await keepPhoto(await db(), photo, vault ? await vault.closePhoto(bytes, id) : bytes)
        await reread()
        return { id }
      } catch (error) {
        return { fault: isFull(error) ? 'notKept' : 'notKeptOther' }
      } finally {
        change({ preparing: state.preparing - 1 })
      }
    },
    list: reread,
    read,
  }
}
