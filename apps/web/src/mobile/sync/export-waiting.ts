import type { PhoneState } from '../data/store.ts'
import { todayHere } from '../phone.tsx'
import { saveFile } from './save-file.ts'

/** Everything the server has not accepted, whole, in a file that can be kept or given to an administrator. */
export function exportWaiting({ identity, outbox, drafts }: PhoneState, now: Date): void {
  const waiting = {
    exportedAt: now.toISOString(),
    orgId: identity.orgId,
    membershipId: identity.membershipId,
    name: identity.displayName,
    operations: outbox.filter(({ state }) => state !== 'accepted'),
    drafts: [...drafts.values()],
  }
  saveFile(`fieldback-${todayHere(now)}.json`, JSON.stringify(waiting, null, 2), 'application/json')
}
