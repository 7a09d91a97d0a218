import { openDB } from 'idb'
import { forgetRound } from '../agenda/kept-round.ts'
import { forgetIdentity } from '../data/identity.ts'
import { flagLocked, lockDatabase } from './lock-store.ts'
import { removePhone } from './open-lock.ts'

/** What earlier builds and this one keep of a person, the keys last: cut off before, the next opening begins again. */
const databasesOf = (membershipId: string): string[] => [
  ...['cache', 'blocks', 'media', 'outbox'].map((kind) => `fieldback-${kind}-${membershipId}`),
  lockDatabase(membershipId),
]

/** Takes everything of a person off this phone. Only once the server has all that nobody else had. */
export async function wipe(membershipId: string): Promise<void> {
  await removePhone(membershipId)
  for (const name of databasesOf(membershipId)) {
    await empty(name)
    // Waits for other tabs to let go of it: they begin anew once the identity is gone.
    indexedDB.deleteDatabase(name)
  }
  forgetRound(membershipId)
  flagLocked(membershipId, false)
  forgetIdentity()
}

/** Takes off what the server sent, and leaves what was typed. */
export async function wipeSent(membershipId: string): Promise<void> {
  for (const kind of ['cache', 'blocks']) await empty(`fieldback-${kind}-${membershipId}`)
}

async function empty(name: string): Promise<void> {
  const db = await openDB(name)
  const stores = [...db.objectStoreNames]
  if (stores.length > 0) {
    const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
    for (const store of stores) tx.objectStore(store).clear()
    await tx.done
  }
  db.close()
}
