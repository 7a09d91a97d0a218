import { createHash } from 'node:crypto'
import { saveDevice } from '@fieldback/db/access/device.repo'
import { inOrg } from '@fieldback/db/client'
import { type MembershipChoice, membershipsOf } from '@fieldback/db/identity/identity.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Deps, SessionIds } from '../context.ts'

export type Entry = {
  readonly personId: string
  /** The organisation wanted, when the person says so; else the only one he has. */
  readonly membershipId: string | null
  /** The browser's own lasting id. */
  readonly browserId: string
  readonly label: string
}
/** `session` is null when there are several organisations to choose from. `locale` is the member's own choice. */
export type Entered = { readonly session: SessionIds | null; readonly locale: string | null }

/**
 * Opens a session in an organisation and knows the device again. MEMBERSHIP_REVOKED when no membership is live (or not
 * the one wanted), DEVICE_REVOKED when this device was.
 */
export async function enterOrganisation(deps: Deps, entry: Entry): Promise<Entered> {
  const choices = await membershipsOf(deps.db, entry.personId)
  const chosen = choose(choices, entry.membershipId)
  if (!chosen) return { session: null, locale: null }
  const { orgId, membershipId } = chosen
  const deviceId = deviceIdOf(entry.browserId, membershipId)
  const saved = await inOrg(deps.db, orgId, (tx) =>
    saveDevice(tx, { orgId, membershipId, id: deviceId, label: entry.label }),
  )
  if (saved.revoked) throw new FieldbackError('DEVICE_REVOKED')
  return { session: { personId: entry.personId, orgId, membershipId, deviceId }, locale: saved.locale }
}

function choose(choices: readonly MembershipChoice[], wanted: string | null): MembershipChoice | null {
  if (choices.length === 0) throw new FieldbackError('MEMBERSHIP_REVOKED')
  if (wanted === null) return choices.length === 1 ? (choices[0] ?? null) : null
  const found = choices.find(({ membershipId }) => membershipId === wanted)
  if (!found) throw new FieldbackError('MEMBERSHIP_REVOKED')
  return found
}

/** One device per browser and membership: people who share a tablet are revoked one by one. A UUID made of a hash (v8). */
export function deviceIdOf(browserId: string, membershipId: string): string {
  const hex = createHash('sha256').update(`${browserId}/${membershipId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
