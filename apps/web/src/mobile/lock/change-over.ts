import { openDatabases } from '../data/databases.ts'
import type { Vault } from '../data/vault.ts'
import { isFull, openPhotos } from '../media/photo-store.ts'
import { oneSender } from '../sync/runner.ts'
import { flagLocked, type LockRecord, readLock, writeLock } from './lock-store.ts'
import { isClosed } from './make-vault.ts'

const AT_ONCE = 50
const NOUNS = ['accounts', 'contacts', 'reports', 'callbacks'] as const

/**
 * Brings what lies on the phone to what its lock says, while no tab exchanges with the server: closes all of it, or opens
 * all of it and asks for the code no more. Cut off anywhere, or without room, it goes on after the next code: each thing
 * says itself whether it is closed. Answers the vault that the phone goes on with; none once the lock was taken away, or
 * it would close what pages without a code cannot read.
 */
export async function changeOver(
  membershipId: string,
  vault: Vault,
  state: LockRecord['state'],
): Promise<Vault | undefined> {
  if (state === 'closed') return vault
  try {
    // A page that another tab was writing would else be undone here, or lie open after all.
    await oneSender(membershipId, () => changeAll(membershipId, vault, state === 'closing'))
  } catch (error) {
    if (!isFull(error)) throw error
    return vault
  }
  return state === 'closing' ? vault : undefined
}

/** Whether anything is still closed, which the key that closed it alone opens. */
export async function liesClosed(membershipId: string): Promise<boolean> {
  const { cache, outbox } = await openDatabases(membershipId)
  try {
    if ((await outbox.getAll('operations')).some(({ operation }) => isClosed(operation.body))) return true
    if ((await outbox.getAll('drafts')).some(isClosed)) return true
    for (const noun of NOUNS) if ((await cache.getAll(noun)).some(isClosed)) return true
  } finally {
    cache.close()
    outbox.close()
  }
  const photos = await openPhotos(membershipId)
  try {
    for (const id of await photos.getAllKeys('bytes'))
      if (isClosed(await photos.get('bytes', id))) return true
  } finally {
    photos.close()
  }
  return false
}

async function changeAll(membershipId: string, vault: Vault, closing: boolean): Promise<void> {
  const { cache, outbox } = await openDatabases(membershipId)
  try {
    for (const part of parts(await outbox.getAll('operations'))) {
      const changed = await Promise.all(part.map(closing ? vault.closeItem : vault.openItem))
      const tx = outbox.transaction('operations', 'readwrite', { durability: 'strict' })
      for (const item of changed) tx.store.put(item)
      await tx.done
    }
    for (const part of parts(await outbox.getAll('drafts'))) {
      const changed = await Promise.all(part.map(closing ? vault.closeDraft : vault.openDraft))
      const tx = outbox.transaction('drafts', 'readwrite', { durability: 'strict' })
      for (const draft of changed) tx.store.put(draft)
      await tx.done
    }
    // Worked out again by the next page, which knows how it is to lie.
    await cache.delete('meta', 'days')
    for (const noun of NOUNS)
      for (const key of await cache.getAllKeys(noun)) {
        const block = await cache.get(noun, key)
        if (!block) continue
        await cache.put(
          noun,
          await (closing ? vault.closeBlock(block, noun) : vault.openBlock(block, noun)),
          key,
        )
      }
  } finally {
    cache.close()
    outbox.close()
  }
  await changePhotos(membershipId, vault, closing)
  await settle(membershipId, closing)
}

async function changePhotos(membershipId: string, vault: Vault, closing: boolean): Promise<void> {
  const photos = await openPhotos(membershipId)
  try {
    for (const id of await photos.getAllKeys('bytes')) {
      const bytes = await photos.get('bytes', id)
      if (bytes)
        await photos.put(
          'bytes',
          await (closing ? vault.closePhoto(bytes, id) : vault.openPhoto(bytes, id)),
          id,
        )
    }
  } finally {
    photos.close()
  }
}

/**
 * The record stays when the lock is taken away: a page that was still open with its key may have closed something since,
 * which the code opens.
 */
async function settle(membershipId: string, closing: boolean): Promise<void> {
  const record = await readLock(membershipId)
  if (record && closing) await writeLock(membershipId, { ...record, state: 'closed' })
  if (!closing) flagLocked(membershipId, false)
}

const parts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
    all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  )
