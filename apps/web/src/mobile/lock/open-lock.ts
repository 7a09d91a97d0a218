import { waitAfter } from '@fieldback/domain/lock/lock-rules'
import type { Vault } from '../data/vault.ts'
import { oneSender } from '../sync/runner.ts'
import { askSecret, enrol, forget, type NoSecret } from './authenticator.ts'
import { liesClosed } from './change-over.ts'
import { type Bytes, decrypt, encrypt, importKey, toBase64url } from './cipher.ts'
import {
  flagLocked,
  type LockRecord,
  readLock,
  readServerKeys,
  readTried,
  type ServerKeys,
  writeLock,
  writeTried,
} from './lock-store.ts'
import { makeVault } from './make-vault.ts'
import { sealKey } from './seal-key.ts'

/** About half a second on a phone of the middle sort. */
const ROUNDS = 600_000
const NAME = 'lock'
const BY_PHONE = 'lock by phone'

async function codeKey(
  code: string,
  { salt, rounds }: Pick<LockRecord, 'salt' | 'rounds'>,
): Promise<CryptoKey> {
  // The same sign may be typed in two ways.
  const typed = new TextEncoder().encode(code.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return importKey(await crypto.subtle.deriveBits(algorithm, material, 256))
}

async function recordOf(
  raw: Bytes,
  code: string,
  { membershipId, publicKey }: { readonly membershipId: string; readonly publicKey: string },
): Promise<Omit<LockRecord, 'state'>> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  return {
    salt,
    rounds: ROUNDS,
    byCode: await encrypt(await codeKey(code, { salt, rounds: ROUNDS }), raw, NAME),
    sealedKey: toBase64url(await sealKey(raw, publicKey, membershipId)),
    sealedTo: publicKey,
    digits: /^\d+$/.test(code),
    wrong: 0,
    until: 0,
  }
}

/**
 * Makes a key and puts it under a code. From here on the phone is locked; what lies on it is closed by `changeOver`. null:
 * no key was made, since something is still closed under the one before, whose code is asked at the next opening.
 */
export async function makeLock(
  membershipId: string,
  code: string,
  { publicKey }: ServerKeys,
): Promise<Vault | null> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const record = await recordOf(raw, code, { membershipId, publicKey })
  let vault: Vault | null = null
  // Of two pages that set a code at once, one does.
  await oneSender(membershipId, async () => {
    if (await closesStill(membershipId)) return
    await writeLock(membershipId, { ...record, state: 'closing' })
    vault = await vaultOf(raw)
  })
  flagLocked(membershipId, true)
  return vault
}

/** Whether the key of a lock before opens something that no other would. */
async function closesStill(membershipId: string): Promise<boolean> {
  const record = await readLock(membershipId)
  return record !== null && (record.state !== 'opening' || (await liesClosed(membershipId)))
}

async function vaultOf(raw: Bytes): Promise<Vault> {
  const key = await importKey(raw)
  raw.fill(0)
  return makeVault(key)
}

type Wait = {
  /** Milliseconds until the next code may be tried; 0: at once. */
  readonly wait: number
}
export type Opened = { readonly vault: Vault; readonly record: LockRecord }

/** Tries a code, and opens the vault with it. */
export async function tryCode(membershipId: string, code: string, now: () => number): Promise<Opened | Wait> {
  const tried = await rawKey(membershipId, code, now)
  return 'wait' in tried ? tried : { vault: await vaultOf(tried.raw), record: tried.record }
}

/** The key itself, for the right code. A try is counted before it is made: ending the application gives no other. */
export async function rawKey(
  membershipId: string,
  code: string,
  now: () => number,
): Promise<{ readonly raw: Bytes; readonly record: LockRecord } | Wait> {
  const record = await readTried(membershipId)
  if (!record) throw new Error('This phone has no lock.')
  // A clock that was set back makes nobody wait for longer than he would have.
  const left = Math.min(record.until - now(), waitAfter(record.wrong))
  if (left > 0) return { wait: left }
  const wrong = record.wrong + 1
  await writeTried(membershipId, { ...record, wrong, until: now() + waitAfter(wrong) })
  const raw = await decrypt(await codeKey(code, record), record.byCode, NAME).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  )
  if (!raw) return { wait: waitAfter(wrong) }
  const opened = { ...(await resealed(membershipId, record, raw)), wrong: 0, until: 0 }
  await writeTried(membershipId, opened)
  return { raw, record: opened }
}

/** Closed to the server's key of today, where it has another since: as after a move to another installation. */
async function resealed(membershipId: string, record: LockRecord, raw: Bytes): Promise<LockRecord> {
  const keys = await readServerKeys(membershipId)
  if (!keys || keys.publicKey === record.sealedTo) return record
  const sealedKey = toBase64url(await sealKey(raw, keys.publicKey, membershipId))
  return { ...record, sealedKey, sealedTo: keys.publicKey }
}

/** Puts the key under a new code; the old one opens nothing any more. */
export async function recode(membershipId: string, raw: Bytes, code: string): Promise<Opened> {
  const record = await readLock(membershipId)
  if (!record) throw new Error('This phone has no lock.')
  const publicKey = (await readServerKeys(membershipId))?.publicKey ?? record.sealedTo
  const { state, byPhone } = record
  const coded = await recordOf(raw, code, { membershipId, publicKey })
  const renewed: LockRecord = { ...coded, state, ...(byPhone && { byPhone }) }
  await writeLock(membershipId, renewed)
  flagLocked(membershipId, true)
  return { vault: await vaultOf(raw), record: renewed }
}

/** Lets the phone's own authenticator open the key too, which was just opened by the code; or why it does not. */
export async function addPhone(membershipId: string, raw: Bytes, name: string): Promise<NoSecret | null> {
  const made = await enrol(name)
  if (typeof made === 'string') return made
  const closed = await encrypt(await importKey(made.secret), raw, BY_PHONE)
  const record = await readLock(membershipId)
  if (!record) throw new Error('This phone has no lock.')
  await writeLock(membershipId, { ...record, byPhone: { ...made.enrolled, closed } })
  return null
}

/** The code alone opens the key from here on. */
export async function removePhone(membershipId: string): Promise<void> {
  const record = await readLock(membershipId)
  if (!record?.byPhone) return
  const { byPhone, ...rest } = record
  await writeLock(membershipId, rest)
  await forget(byPhone)
}

/** Opens the vault by the phone's own authenticator, which counts wrong tries itself. */
export async function tryPhone(membershipId: string): Promise<Opened | NoSecret> {
  const record = await readLock(membershipId)
  if (!record?.byPhone) return 'unable'
  const secret = await askSecret(record.byPhone)
  if (typeof secret === 'string') return secret
  const raw = await decrypt(await importKey(secret), record.byPhone.closed, BY_PHONE).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  )
  if (!raw) return 'unable'
  const opened = { ...(await resealed(membershipId, record, raw)), wrong: 0, until: 0 }
  await writeTried(membershipId, opened)
  return { vault: await vaultOf(raw), record: opened }
}
