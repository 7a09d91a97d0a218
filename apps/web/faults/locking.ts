import { openSealedKey, sealPublicKey } from '@fieldback/api/sync/sealed-key'
import { type Identity, isLocked } from '../src/mobile/data/identity.ts'
import { openStore, type PhoneStore } from '../src/mobile/data/store.ts'
import type { Vault } from '../src/mobile/data/vault.ts'
import { changeOver } from '../src/mobile/lock/change-over.ts'
import { flagLocked, readLock, writeLock, writeServerKeys } from '../src/mobile/lock/lock-store.ts'
import { makeLock, recode, tryCode } from '../src/mobile/lock/open-lock.ts'
import type { Device } from './browser.ts'
import { TODAY } from './game.ts'

/** Those of before too: where a phone was cut off or full, its new code is none. Fewer than make it wait. */
const CODES_KNOWN = 3

/** The organisation's own secret, as its database holds it. */
const SEED = '5e'.repeat(32)
const KEYS = { credential: 'of this phone', publicKey: sealPublicKey(SEED) }

/** What a page does when it is opened (app.tsx): without lock at once, else once the code is given. */
export async function openPhone(identity: Identity, device: Device): Promise<PhoneStore> {
  const opening = { today: TODAY, drawn: Promise.resolve() }
  const { membershipId } = identity
  const withCode = async () =>
    openStore(identity, null, { ...opening, vault: await giveCode(membershipId, device) })
  if (isLocked(identity)) return withCode()
  return openStore(identity, null, opening).catch(async (error: unknown) => {
    // What the browser kept of the lock was lost in a crash: its record alone decides (lock/shut.tsx).
    if ((await readLock(membershipId)) === null) throw error
    flagLocked(membershipId, true)
    return withCode()
  })
}

/** The code of its person, or one of before; the vault that the phone goes on with. */
async function giveCode(membershipId: string, device: Device): Promise<Vault | undefined> {
  for (const code of device.codes.get(membershipId) ?? []) {
    const tried = await tryCode(membershipId, code, Date.now)
    if ('wait' in tried) continue
    return changeOver(membershipId, tried.vault, tried.record.state)
  }
  throw new Error('No code opens this phone.')
}

const remember = (device: Device, membershipId: string, code: string): void =>
  void device.codes.set(membershipId, [code, ...(device.codes.get(membershipId) ?? [])].slice(0, CODES_KNOWN))

const forget = (device: Device, membershipId: string, code: string): void =>
  void device.codes.set(
    membershipId,
    (device.codes.get(membershipId) ?? []).filter((known) => known !== code),
  )

/** As lock/set-code.ts does. */
export async function setCode(store: PhoneStore, device: Device, code: string): Promise<void> {
  const { membershipId } = store.getState().identity
  await writeServerKeys(membershipId, KEYS)
  remember(device, membershipId, code)
  const vault = await makeLock(membershipId, code, KEYS)
  if (!vault) return forget(device, membershipId, code)
  store.close()
  await changeOver(membershipId, vault, 'closing')
}

/** As lock/set-code.ts does. */
export async function takeCodeAway(store: PhoneStore, device: Device): Promise<void> {
  const { membershipId } = store.getState().identity
  const tried = await tryCode(membershipId, device.codes.get(membershipId)?.[0] ?? '', Date.now)
  if ('wait' in tried) return
  await writeLock(membershipId, { ...tried.record, state: 'opening' })
  store.close()
  await changeOver(membershipId, tried.vault, 'opening')
}

export async function tryWrong(membershipId: string): Promise<void> {
  await tryCode(membershipId, 'not this one', Date.now)
}

/** Who has just signed in has the server open his key, and chooses another code (lock/forgotten.tsx). */
export async function forgetCode(membershipId: string, device: Device, code: string): Promise<void> {
  const record = await readLock(membershipId)
  if (!record) return
  const raw = openSealedKey(SEED, membershipId, record.sealedKey)
  await recode(membershipId, new Uint8Array(raw), code)
  remember(device, membershipId, code)
}
