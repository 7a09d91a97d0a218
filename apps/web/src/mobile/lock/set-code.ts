import type { Identity } from '../data/identity.ts'
import type { PhoneStore } from '../data/store.ts'
import type { NoSecret } from './authenticator.ts'
import { changeOver } from './change-over.ts'
import { readLock, readServerKeys, writeLock } from './lock-store.ts'
import { addPhone, makeLock, rawKey, recode, removePhone, tryCode } from './open-lock.ts'
import { keepServerKeys } from './use-standing.ts'

/**
 * Puts this phone under a code and closes what lies on it; the store is shut from then on. Else why not: `offline`, the
 * server could not be asked for what makes a forgotten code harmless; `closed`, something is still under the code before.
 */
export async function setCode(store: PhoneStore, code: string): Promise<'offline' | 'closed' | null> {
  const { membershipId } = store.getState().identity
  await keepServerKeys(membershipId).catch(() => {})
  const keys = await readServerKeys(membershipId)
  if (!keys) return 'offline'
  const vault = await makeLock(membershipId, code, keys)
  if (!vault) return 'closed'
  store.close()
  await changeOver(membershipId, vault, 'closing')
  return null
}

/** null: the phone asks for the new code from now on; else how long until another try. */
export async function changeCode(
  membershipId: string,
  current: string,
  next: string,
): Promise<{ readonly wait: number } | null> {
  const tried = await rawKey(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  await recode(membershipId, tried.raw, next)
  return null
}

/** Lets the phone's own authenticator open it too; null once it does. */
export async function addAuthenticator(
  { membershipId, displayName }: Identity,
  current: string,
): Promise<{ readonly wait: number } | NoSecret | null> {
  const tried = await rawKey(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  return addPhone(membershipId, tried.raw, displayName).finally(() => tried.raw.fill(0))
}

/** Opens what lies on the phone and takes the code away, then starts the phone anew. */
export async function takeCodeAway(
  store: PhoneStore,
  current: string,
): Promise<{ readonly wait: number } | null> {
  const { membershipId } = store.getState().identity
  const tried = await tryCode(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  await removePhone(membershipId)
  const record = await readLock(membershipId)
  if (record) await writeLock(membershipId, { ...record, state: 'opening' })
  store.close()
  await changeOver(membershipId, tried.vault, 'opening')
  location.reload()
  return null
}
