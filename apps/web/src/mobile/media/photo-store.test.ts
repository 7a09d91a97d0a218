import 'fake-indexeddb/auto'
import { takenAt } from '@fieldback/domain/field/types/photo'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../data/new-id.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import { photoNames } from './photo-names.ts'
import {
  keepPhoto,
  letPhotosGo,
  notePhoto,
  openPhotos,
  type Photo,
  type PhotoDb,
  readBytes,
  readPhotos,
} from './photo-store.ts'
import { isWaiting } from './waiting-photos.ts'

const DAY = 86_400_000
const NOW = new Date('2026-11-29T10:00:00Z')
const taken = (daysAgo: number): Photo => ({
  id: newId(NOW.getTime() - daysAgo * DAY),
  bytes: 3,
  sha256: 'x',
  keptAt: null,
  refused: false,
})
const bytes = () => new Uint8Array([1, 2, 3]).buffer

let db: PhotoDb
beforeEach(async () => {
  db = await openPhotos(newId())
})
const held = async () => (await readPhotos(db)).map(({ id }) => id)

describe('photos on the phone', () => {
  it('are there with their bytes once they are kept, whoever opens them next', async () => {
    const photo = taken(0)
    await keepPhoto(db, photo, bytes())
    expect(await readPhotos(db)).toEqual([photo])
    expect(new Uint8Array((await readBytes(db, photo.id)) ?? bytes())).toEqual(new Uint8Array([1, 2, 3]))
  })
  it('stay as long as they wait and something names them; what was sent goes in time', async () => {
    const [named, putAside, justTaken, sentLately, sentLongAgo] = [9, 9, 1, 9, 40].map(taken) as [
      Photo,
      Photo,
      Photo,
      Photo,
      Photo,
    ]
    for (const photo of [named, putAside, justTaken, sentLately, sentLongAgo])
      await keepPhoto(db, photo, bytes())
    await notePhoto(db, { ...sentLately, keptAt: '2026-11-21T10:00:00Z' })
    await notePhoto(db, { ...sentLongAgo, keptAt: '2026-10-20T10:00:00Z' })
    await letPhotosGo(db, { now: NOW, takenAt, isNamed: (id) => id === named.id })
    expect((await held()).toSorted()).toEqual([named.id, justTaken.id, sentLately.id].toSorted())
    expect(await readBytes(db, putAside.id)).toBeUndefined()
  })
})

const item = (over: object, values: object, entityId = 'r'): OutboxItem =>
  ({
    place: 1,
    state: 'accepted',
    answeredAt: '2026-11-29T09:00:00Z',
    operation: { kind: 'report.create', entityId, body: { values } },
    ...over,
  }) as OutboxItem

describe('what names a photo', () => {
  const photo = taken(0)
  const values = { q: { v: 1, x: [photo.id] }, other: { v: 1, x: ['frimat'] }, gone: null }

  it('is the last thing typed that holds it: other lists are no photos', () => {
    const names = photoNames([item({ answeredAt: null, state: 'phone' }, values), item({}, values)])
    expect([...names]).toEqual([
      [photo.id, { reportId: 'r', fieldId: 'q', state: 'accepted', answeredAt: '2026-11-29T09:00:00Z' }],
    ])
  })
  it('is nothing once a correction leaves it out', () => {
    const without = item(
      { operation: { kind: 'report.amend', entityId: 'r', body: { values: { q: null } } } },
      {},
    )
    expect(photoNames([item({}, values), without]).size).toBe(0)
    expect(
      photoNames([
        item({}, values),
        item({ operation: { kind: 'report.amend', entityId: 'r', body: {} } }, {}),
      ]).size,
    ).toBe(1)
  })
  it('makes a photo that was sent wait again once the server takes its report again, as after a restored backup', () => {
    const name = photoNames([item({}, values)]).get(photo.id)
    expect(isWaiting(photo, name)).toBe(true)
    expect(isWaiting({ ...photo, keptAt: '2026-11-29T09:05:00Z' }, name)).toBe(false)
    const again = photoNames([item({ answeredAt: '2026-11-30T09:00:00Z' }, values)]).get(photo.id)
    expect(isWaiting({ ...photo, keptAt: '2026-11-29T09:05:00Z' }, again)).toBe(true)
    expect(isWaiting({ ...photo, refused: true }, again)).toBe(false)
  })
})
