import { deleteDB, openDB } from 'idb'
import { writePage } from './cache.ts'
import { type CacheDb, type CacheMeta, type KeptLists, nameOf } from './databases.ts'

/** Takes over what an earlier build kept row by row: a phone updated, then opened without network, is not empty. */
export async function takeOver(into: CacheDb, membershipId: string): Promise<void> {
  const name = nameOf('cache', membershipId)
  const from = await openDB(name)
  const meta = (await from.get('meta', 'sync')) as CacheMeta | undefined
  if (meta) {
    const lists = ((await from.get('meta', 'lists')) ?? {}) as KeptLists
    const {
      complete,
      pulledAt,
      displayName,
      territoryIds,
      epoch = '',
      contests = null,
      opinions = null,
      ...rest
    } = meta
    await writePage(into, {
      ...rest,
      protocol: 1,
      more: !complete,
      reset: true,
      epoch,
      contests,
      opinions,
      serverTime: pulledAt,
      me: { orgId: '', membershipId, locale: null, displayName, territoryIds },
      accounts: await from.getAll('accounts'),
      contacts: await from.getAll('contacts'),
      reports: await from.getAll('reports'),
      callbacks: await from.getAll('callbacks'),
      lists: Object.entries(lists).map(([id, items]) => ({ id, items })),
      left: [],
    })
  }
  from.close()
  // Waits for tabs of the earlier build to close, which keep using it.
  void deleteDB(name)
}
