import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { lockFlag } from '../data/identity.ts'
import { isFull } from '../media/photo-store.ts'
import type { Enrolled } from './authenticator.ts'

/** What opens a locked phone: its key, closed twice. Never the code. */
export type LockRecord = {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  /** The key under the code. */
  readonly byCode: ArrayBuffer
  /** The key for the server alone, in base64url, and the public key it was closed to. */
  readonly sealedKey: string
  readonly sealedTo: string
  /** Whether the code is made of digits alone: a keyboard of digits is then shown. */
  readonly digits: boolean
  /** The key under what the phone's own authenticator gives; absent where it is not asked. */
  readonly byPhone?: Enrolled & { readonly closed: ArrayBuffer }
  /** Wrong codes in a row, and until when none is tried. */
  readonly wrong: number
  readonly until: number
  /** `closing`: what lies on the phone is being closed, and goes on after the next code. `opening`: the lock was taken away. */
  readonly state: 'closing' | 'closed' | 'opening'
}

/** What the server gave for the day when nobody can open this phone, or it is withdrawn. */
export type ServerKeys = { readonly credential: string; readonly publicKey: string }

interface LockSchema extends DBSchema {
  keys: { key: 'lock' | 'server'; value: LockRecord | ServerKeys }
}

export const lockDatabase = (membershipId: string): string => `fieldback-lock-${membershipId}`

/** A database of its own: it is opened by no phone without lock before its screens are shown. */
async function using<T>(
  membershipId: string,
  work: (db: IDBPDatabase<LockSchema>) => Promise<T>,
): Promise<T> {
  const db = await openDB<LockSchema>(lockDatabase(membershipId), 1, {
    upgrade: (opened) => void opened.createObjectStore('keys'),
  })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

export const readLock = (membershipId: string): Promise<LockRecord | null> =>
  using(membershipId, async (db) => ((await db.get('keys', 'lock')) as LockRecord | undefined) ?? null)

export const readServerKeys = (membershipId: string): Promise<ServerKeys | null> =>
  using(membershipId, async (db) => ((await db.get('keys', 'server')) as ServerKeys | undefined) ?? null)

/** Strictly durable: what it says is what all the rest is opened with. */
export const writeLock = (membershipId: string, record: LockRecord): Promise<void> =>
  using(membershipId, async (db) => {
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' })
    tx.store.put(record, 'lock')
    await tx.done
  })

export const writeServerKeys = (membershipId: string, keys: ServerKeys): Promise<void> =>
  using(membershipId, async (db) => void (await db.put('keys', keys, 'server')))

/** `full`: the phone has no room for what was to be written, and nothing was changed. */
export const orFull = <T>(work: Promise<T>): Promise<T | 'full'> =>
  work.catch((error: unknown) => {
    if (isFull(error)) return 'full' as const
    throw error
  })

/**
 * Writes what a try of the code made of the lock. A full storage would else keep its person out of all that he typed: the
 * wrong tries are then counted beside it, where the browser has a little room of its own, and slow down the next ones.
 */
export const writeTried = (membershipId: string, record: LockRecord): Promise<void> =>
  writeLock(membershipId, record).then(
    () => localStorage.removeItem(triesBeside(membershipId)),
    (error: unknown) => {
      if (!isFull(error)) throw error
      localStorage.setItem(triesBeside(membershipId), `${record.wrong} ${record.until}`)
    },
  )

/** The lock with all wrong tries, wherever they were counted. */
export async function readTried(membershipId: string): Promise<LockRecord | null> {
  const record = await readLock(membershipId)
  const [wrong = 0, until = 0] = (localStorage.getItem(triesBeside(membershipId)) ?? '')
    .split(' ')
    .map(Number)
  return record && wrong > record.wrong ? { ...record, wrong, until } : record
}

const triesBeside = (membershipId: string): string => `fieldback.tries.${membershipId}`

/** Read before any database (data/identity.ts); the record alone decides. */
export function flagLocked(membershipId: string, locked: boolean): void {
  if (locked) localStorage.setItem(lockFlag(membershipId), '1')
  else for (const key of [lockFlag(membershipId), triesBeside(membershipId)]) localStorage.removeItem(key)
}
