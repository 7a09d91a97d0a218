import type { Identity } from '../data/identity.ts'
import type { PhoneStore } from '../data/store.ts'
import type { NoSecret } from './authenticator.ts'
import { changeOver } from './change-over.ts'
import { orFull, readLock, readServerKeys, writeLock } from './lock-store.ts'
import { addPhone, makeLock, rawKey, recode, removePhone, tryCode } from './open-lock.ts'
import { keepServerKeys } from './use-standing.ts'

/**
 * Puts this phone under a code and closes what lies on it; the store is shut from then on. Else why not: `offline`, the
 * server could not be asked for what makes a forgotten code harmless; `closed`, something is still under the code before;
 * `full`, the phone has no room.
 */
export async function setCode(
  store: PhoneStore,
  code: string,
): Promise<'offline' | 'closed' | 'full' | null> {
  const { membershipId } = store.getState().identity
  const asked = await orFull(keepServerKeys(membershipId)).catch(() => null)
  const keys = await readServerKeys(membershipId)
  if (!keys) return asked === 'full' ? 'full' : 'offline'
  const vault = await orFull(makeLock(membershipId, code, keys))
  if (vault === 'full') return vault
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
): Promise<{ readonly wait: number } | 'full' | null> {
  const tried = await rawKey(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  return (await orFull(recode(membershipId, tried.raw, next))) === 'full' ? 'full' : null
}

/** Lets the phone's own authenticator open it too; null once it does. */
export async function addAuthenticator(
  { membershipId, displayName }: Identity,
  current: string,
): Promise<{ readonly wait: number } | NoSecret | 'full' | null> {
  const tried = await rawKey(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  return orFull(addPhone(membershipId, tried.raw, displayName)).finally(() => tried.raw.fill(0))
}

/**
 * Opens what lies on the phone and takes the code away, then starts the phone anew: where there was no room for all of it, the
 * code is asked once more, and it goes on.
 */
export async function takeCodeAway(
  store: PhoneStore,
  current: string,
): Promise<{ readonly wait: number } | 'full' | null> {
  const { membershipId } = store.getState().identity
  const tried = await tryCode(membershipId, current, Date.now)
  if ('wait' in tried) return tried
  if ((await orFull(leaveLock(membershipId))) === 'full') return 'full'
  store.close()
  await changeOver(membershipId, tried.vault, 'opening')
  location.reload()
  return null
}

async function leaveLock(membershipId: string): Promise<void> {
  await removePhone(membershipId)
  const record = await readLock(membershipId)
  if (record) await writeLock(membershipId, { ...record, state: 'opening' })
}
