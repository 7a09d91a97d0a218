import type { FieldOption } from '@fieldback/domain/field/field-spec'
import type { AskedRhythm } from '@fieldback/domain/giveback/priority'
import type { Reminder } from '@fieldback/domain/giveback/reminder'
import type { Frame, PullPage, ReturnPack } from '@fieldback/domain/sync/pull'
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Block } from './block.ts'
import type { Draft } from './draft.ts'
import type { OutboxItem } from './outbox-item.ts'
import { readThrough, type Vault } from './vault.ts'

/** What the server sent, in blocks of rows; may be dropped at any time without losing work. */
export interface CacheSchema extends DBSchema {
  accounts: { key: string; value: Block }
  contacts: { key: string; value: Block }
  reports: { key: string; value: Block }
  callbacks: { key: string; value: Block }
  /** Of the accounts, what tells when each is due. */
  due: { key: string; value: Block }
  /** Apart from the rest, which is written at every exchange. */
  meta: { key: 'sync' | 'lists' | 'days'; value: CacheMeta | KeptLists | Block }
}

/** What some days to come begin with (agenda/foresee.ts): their first visits, and what answers ask of those. */
export type Foreseen = Readonly<Record<string, ForeseenDay>>
export type ForeseenDay = {
  readonly ids: readonly string[]
  readonly asked: readonly (readonly [accountId: string, rhythm: AskedRhythm])[]
  /** Due. */
  readonly reminders: readonly Reminder[]
}

/** Items by the id of their list, each in the place where it first came. */
export type KeptLists = Readonly<Record<string, readonly FieldOption[]>>

export type CacheMeta = {
  readonly cursor: string
  /** Of the data this cache was filled from; absent in a cache of before it was noted. */
  readonly epoch?: string
  readonly frameTag: string
  readonly frame: Frame
  readonly pack: ReturnPack | null
  /** Absent in a cache of before they were told. */
  readonly contests?: PullPage['contests']
  readonly opinions?: PullPage['opinions']
  readonly complete: boolean
  /** Of the rows of a first load of several pages; absent when it was one. */
  readonly total?: number
  readonly territoryIds: readonly string[]
  readonly displayName: string
  readonly pulledAt: string
  /** Server minus phone in milliseconds, at the last exchange; absent in a cache of before it was kept. */
  readonly clockOffset?: number
}

/** What the person typed; only ever grows by small additive versions. */
export interface OutboxSchema extends DBSchema {
  operations: { key: number; value: OutboxItem; indexes: { opId: string } }
  drafts: { key: string; value: Draft }
  /** Last sequence number used per entity; under SIGNED_OUT, when its person left; under PHOTOS, how many wait. */
  sequence: { key: string; value: number }
}

/**
 * Who left is forgotten here too: what the browser keeps of an identity is written late, and comes back after a crash.
 */
export const SIGNED_OUT = 'signed-out'
/** Known before photos are looked at: nothing is said to be accepted meanwhile. */
export const PHOTOS = 'photos'

export type CacheDb = IDBPDatabase<CacheSchema>
export type OutboxDb = IDBPDatabase<OutboxSchema>

/** `cache`: what earlier builds kept instead of `blocks`. */
export const nameOf = (kind: 'blocks' | 'cache' | 'outbox', membershipId: string): string =>
  `fieldback-${kind}-${membershipId}`

export const isEarlierKept = async (membershipId: string): Promise<boolean> =>
  (await indexedDB.databases()).some(({ name }) => name === nameOf('cache', membershipId))

/** Opens the two databases of one person in one organisation: a membership is exactly that. */
export async function openDatabases(
  membershipId: string,
  vault?: Vault,
): Promise<{ cache: CacheDb; outbox: OutboxDb }> {
  const [cache, outbox] = await Promise.all([
    openDB<CacheSchema>(nameOf('blocks', membershipId), 1, {
      upgrade(db) {
        for (const store of ['accounts', 'contacts', 'reports', 'callbacks', 'due', 'meta'] as const)
          db.createObjectStore(store)
      },
    }),
    openDB<OutboxSchema>(nameOf('outbox', membershipId), 1, {
      upgrade(db) {
        const operations = db.createObjectStore('operations', { keyPath: 'place', autoIncrement: true })
        operations.createIndex('opId', 'operation.opId', { unique: true })
        db.createObjectStore('drafts', { keyPath: 'id' })
        db.createObjectStore('sequence')
      },
    }),
  ])
  if (vault) for (const db of [cache, outbox]) readThrough(db, vault)
  return { cache, outbox }
}
