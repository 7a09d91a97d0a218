import { openDatabases, SIGNED_OUT } from './databases.ts'

/** Notes beside the work of whoever signs out that he left: strictly durable, so that no crash brings him back. */
export async function noteSignedOut(membershipId: string): Promise<void> {
  const { cache, outbox } = await openDatabases(membershipId)
  try {
    const tx = outbox.transaction('sequence', 'readwrite', { durability: 'strict' })
    tx.store.put(Date.now(), SIGNED_OUT)
    await tx.done
  } finally {
    cache.close()
    outbox.close()
  }
}
