import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** A photo that this phone holds; its bytes lie apart, so that a list of photos does not read them. */
export type Photo = {
  /** Its id says when it was taken. */
  readonly id: string
  readonly bytes: number
  readonly sha256: string
  /** By the server's clock; null: it waits here. */
  readonly keptAt: string | null
  /** The server cannot open it: it stays here. */
  readonly refused: boolean
}

interface PhotoSchema extends DBSchema {
  photos: { key: string; value: Photo }
  bytes: { key: string; value: ArrayBuffer }
}

export type PhotoDb = IDBPDatabase<PhotoSchema>

/**
 * The photos of one person in one organisation. A database of its own: bringing the outbox to a new version would wait for
 * every open tab of an earlier release, and what is typed must never wait. `terminated`: a system closed it behind our
 * back. Whoever holds it lets go of it once it is deleted (lock/wipe.ts).
 */
export const openPhotos = (membershipId: string, terminated = () => {}): Promise<PhotoDb> =>
  openDB<PhotoSchema>(`fieldback-media-${membershipId}`, 1, {
    upgrade(db) {
      db.createObjectStore('photos', { keyPath: 'id' })
      db.createObjectStore('bytes')
    },
    blocking(_, __, { target }) {
      ;(target as IDBDatabase).close()
    },
    terminated,
  })

/** Keeps a photo on the phone: when it resolves it is there, whatever happens next. Rejects when it was not kept. */
export async function keepPhoto(db: PhotoDb, photo: Photo, bytes: ArrayBuffer): Promise<void> {
  try {
    await putPhoto(db, photo, bytes)
  } catch (error) {
    if (!isFull(error) || !(await makeRoom(db))) throw error
    await putPhoto(db, photo, bytes)
  }
}

async function putPhoto(db: PhotoDb, photo: Photo, bytes: ArrayBuffer): Promise<void> {
  const tx = db.transaction(['photos', 'bytes'], 'readwrite', { durability: 'strict' })
  await Promise.all([
    tx.objectStore('bytes').put(bytes, photo.id),
    tx.objectStore('photos').put(photo),
    tx.done,
  ])
}

export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError'

/** Lets go of photos that the server keeps; false when there were none. */
async function makeRoom(db: PhotoDb): Promise<boolean> {
  const sent = (await readPhotos(db)).filter(({ keptAt }) => keptAt !== null)
  await dropPhotos(db, sent)
  return sent.length > 0
}

export const readPhotos = (db: PhotoDb): Promise<Photo[]> => db.getAll('photos')

export const readBytes = (db: PhotoDb, id: string): Promise<ArrayBuffer | undefined> => db.get('bytes', id)

export async function notePhoto(db: PhotoDb, photo: Photo): Promise<void> {
  await db.put('photos', photo)
}

async function dropPhotos(db: PhotoDb, photos: readonly Photo[]): Promise<void> {
  const tx = db.transaction(['photos', 'bytes'], 'readwrite')
  for (const { id } of photos) {
    tx.objectStore('photos').delete(id)
    tx.objectStore('bytes').delete(id)
  }
  await tx.done
}

/** Days a photo that was sent is kept: as long as a backup that may be restored is fresh enough to be of use. */
const SENT_DAYS = 30
/** Days one that nothing names is kept: an answer that was taken away may be put back. */
const UNNAMED_DAYS = 2

/** Lets go of photos in time: those that were sent, and those that neither a draft nor anything typed here names. */
export async function letPhotosGo(db: PhotoDb, { now, isNamed, takenAt }: LetGo): Promise<void> {
  const days = (since: number): number => (now.getTime() - since) / 86_400_000
  const over = (await readPhotos(db)).filter(({ id, keptAt }) =>
    keptAt === null ? !isNamed(id) && days(takenAt(id)) > UNNAMED_DAYS : days(Date.parse(keptAt)) > SENT_DAYS,
  )
  if (over.length > 0) await dropPhotos(db, over)
}

type LetGo = {
  readonly now: Date
  readonly isNamed: (id: string) => boolean
  readonly takenAt: (id: string) => number
}
