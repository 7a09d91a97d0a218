import { Refused } from '../sync/transport.ts'
import { handOver, holdsWork, standingOf } from './hand-over.ts'
import { wipe, wipeSent } from './wipe.ts'
import type { Withdrawal } from './withdrawn.tsx'

/**
 * What a phone does whose session is no more: asks whether it was withdrawn, and if so lets nobody use it (`onWithdrawn`),
 * hands over what only it has, and is wiped. Never wiped before the server keeps all of it. Rejects when the
 * network is lost on the way: another try begins again, and what is handed over twice is kept once.
 */
export async function partFrom(membershipId: string, onWithdrawn: (now: Withdrawal) => void): Promise<void> {
  const standing = await standingOf(membershipId)
  if (standing === 'revoked') {
    onWithdrawn('working')
    const kept = await handOver(membershipId).catch(stuck)
    if (kept === 'stuck') return onWithdrawn(kept)
    await wipe(membershipId)
    onWithdrawn(kept)
  }
  if (standing === 'over') {
    if (await holdsWork(membershipId)) return wipeSent(membershipId)
    onWithdrawn('working')
    await wipe(membershipId)
    onWithdrawn(0)
  }
}

/** The server takes no more of it: trying again would change nothing. */
const stuck = (error: unknown): 'stuck' => {
  if (error instanceof Refused) return 'stuck'
  throw error
}
