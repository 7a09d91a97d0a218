import { createHash } from 'node:crypto'
import type { Draft } from '../src/mobile/data/draft.ts'
import type { OutboxItem } from '../src/mobile/data/outbox-item.ts'
import { type LockRecord, lockDatabase } from '../src/mobile/lock/lock-store.ts'
import { isClosed } from '../src/mobile/lock/make-vault.ts'
import type { Photo } from '../src/mobile/media/photo-store.ts'
import type { Device } from './browser.ts'
import { Noted } from './noted.ts'
import { rowsOf, storesOf } from './storage.ts'
import { codeBits, openClosed } from './subtle.ts'

/** What a phone keeps of a person's work, whoever looks at it: closed things as the code of the phone opens them. */
export function durable(
  device: Device,
  membershipId: string,
): { readonly items: readonly OutboxItem[]; readonly drafts: readonly Draft[] } {
  const stores = storesOf(device, `fieldback-outbox-${membershipId}`)
  const items = rowsOf<OutboxItem>(stores, 'operations')
  const drafts = rowsOf<Draft>(stores, 'drafts')
  const raw = keyOf(device, membershipId)
  return raw
    ? {
        items: items.map((item) => openItem(raw, item)),
        drafts: drafts.map((draft) => openDraft(raw, draft)),
      }
    : { items, drafts }
}

/** Photos that a phone keeps for a person, and whether their bytes lie there as they were taken. */
export function photosOn(
  device: Device,
  membershipId: string,
): ReadonlyMap<string, Photo & { readonly isWhole: boolean }> {
  const stores = storesOf(device, `fieldback-media-${membershipId}`)
  const bytes = new Map(
    [...(stores?.get('bytes')?.records.values() ?? [])].map(({ key, value }) => [key, value]),
  )
  const raw = keyOf(device, membershipId)
  return new Map(
    rowsOf<Photo>(stores, 'photos').map((photo) => [
      photo.id,
      { ...photo, isWhole: hashOf(bytes.get(photo.id), raw, photo.id) === photo.sha256 },
    ]),
  )
}

const hashes = new Noted<object, string>()

function hashOf(value: unknown, raw: Buffer | null, id: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const known = hashes.get(value)
  if (known !== undefined) return known
  const plain = isClosed(value) ? raw && openClosed(raw, value.sealed, id) : Buffer.from(value as ArrayBuffer)
  if (!plain) return null
  const hash = createHash('sha256').update(plain).digest('hex')
  hashes.set(value, hash)
  return hash
}

const keys = new Noted<object, Buffer>()

/** The key that the codes of its person open; null on a phone without lock. */
function keyOf(device: Device, membershipId: string): Buffer | null {
  const record = storesOf(device, lockDatabase(membershipId))?.get('keys')
  const lock = [...(record?.records.values() ?? [])].find(({ key }) => key === 'lock')?.value as
    | LockRecord
    | undefined
  if (!lock) return null
  const known = keys.get(lock)
  if (known) return known
  for (const code of device.codes.get(membershipId) ?? []) {
    const raw = openClosed(codeBits(Buffer.from(code), lock.salt), lock.byCode, 'lock')
    if (!raw) continue
    keys.set(lock, raw)
    return raw
  }
  return null
}

const opened = new Noted<object, OutboxItem>()

/** What cannot be opened stays as it lies, which is never what was typed. */
function openItem(raw: Buffer, item: OutboxItem): OutboxItem {
  if (!isClosed(item.operation.body)) return item
  const known = opened.get(item)
  if (known) return known
  const { opId } = item.operation
  const rest = Object.entries(item).map(([key, value]) => [key, openValue(raw, value, `${opId}/${key}`)])
  const body = openValue(raw, item.operation.body, opId)
  const operation = Object.freeze({ ...item.operation, body })
  const open = { ...Object.fromEntries(rest), operation } as OutboxItem
  opened.set(item, open)
  return open
}

function openDraft(raw: Buffer, draft: Draft): Draft {
  return isClosed(draft) ? (openValue(raw, draft, draft.id) as Draft) : draft
}

function openValue(raw: Buffer, value: unknown, name: string): unknown {
  if (!isClosed(value)) return value
  const bytes = openClosed(raw, value.sealed, name)
  return bytes ? JSON.parse(bytes.toString()) : value
}
