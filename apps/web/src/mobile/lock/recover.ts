import { CallError, callMutation } from '../../client/call.ts'
import { signOut } from '../../client/session.ts'
import { type Bytes, fromBase64url } from './cipher.ts'
import { readLock } from './lock-store.ts'

const COMING_BACK = 'fieldback.forgotten'

/** Whether the person went to sign in again because he forgot his code. */
export const hasComeBack = (): boolean => sessionStorage.getItem(COMING_BACK) !== null

export const stopComingBack = (): void => sessionStorage.removeItem(COMING_BACK)

/** Goes to the sign-in page, and comes back here: a session that was lying open proves nothing. Rejects without network. */
export async function signInAgain(): Promise<void> {
  await signOut()
  sessionStorage.setItem(COMING_BACK, '1')
  location.assign('/signin?callbackUrl=%2Fm')
}

export type Recovered = { readonly raw: Bytes } | 'stale' | 'other' | 'unopened' | 'offline'

/** Has the server open this phone's key for the person who has just signed in. */
export async function recoverKey(membershipId: string): Promise<Recovered> {
  const record = await readLock(membershipId)
  if (!record) return 'unopened'
  try {
    const key = await callMutation('sync.recoverKey', { membershipId, sealedKey: record.sealedKey })
    return { raw: fromBase64url(key) }
  } catch (error) {
    const code = error instanceof CallError ? error.code : 'UNAVAILABLE'
    if (code === 'UNAVAILABLE') return 'offline'
    if (code === 'MEMBERSHIP_OTHER') return 'other'
    return code === 'CONFLICT' || code === 'INVALID_INPUT' ? 'unopened' : 'stale'
  }
}
