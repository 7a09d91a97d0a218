import type { Device } from './browser.ts'

type Records = {
  readonly records: {
    values(): Iterable<{ readonly key: unknown; readonly value: unknown }>
    clear(): void
    delete(key: unknown): void
  }
}
type Databases = { readonly _databases: Map<string, { readonly rawObjectStores: Map<string, Records> }> }

/** The stores of a database as they lie on the phone, without asking the code that uses them. */
export const storesOf = (device: Device, name: string): Map<string, Records> | undefined =>
  (device.indexedDB as unknown as Databases)._databases.get(name)?.rawObjectStores

export const rowsOf = <T>(stores: Map<string, Records> | undefined, store: string): T[] =>
  [...(stores?.get(store)?.records.values() ?? [])].map(({ value }) => value as T)

/** What a later build does to both databases at its first start: one more store for work, and a cache made anew. */
export async function upgradeDatabases(device: Device, membershipIds: readonly string[]): Promise<void> {
  for (const membershipId of membershipIds) {
    if (storesOf(device, `fieldback-outbox-${membershipId}`)) await addStore(device, membershipId)
    await over(device.indexedDB.deleteDatabase(`fieldback-blocks-${membershipId}`))
  }
  device.upgrades += 1
}

async function addStore(device: Device, membershipId: string): Promise<void> {
  const request = device.indexedDB.open(`fieldback-outbox-${membershipId}`, device.upgrades + 2)
  request.onupgradeneeded = () => request.result.createObjectStore(`added-${device.upgrades}`)
  await over(request)
  request.result.close()
}

const over = (request: IDBOpenDBRequest): Promise<void> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done()
    request.onerror = () => fail(request.error)
    request.onblocked = () => fail(new Error('A page that is gone still holds its database.'))
  })
