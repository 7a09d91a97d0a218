import { createHash } from 'node:crypto'
import { type Doorway, findDoorway, saveDevice } from '@fieldback/db/access/device.repo'
import { inOrg } from '@fieldback/db/client'
import { isAwaited, type MembershipChoice, membershipsOf } from '@fieldback/db/identity/identity.repo'
import { type DeviceKind, type Proof, sessionDays, wayRefused } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Deps, Session } from '../context.ts'

export type Entry = {
  readonly personId: string
  /** The organisation wanted, when the person says so; else the one whose link he used, or the only one he has. */
  readonly membershipId: string | null
  readonly proof: Proof
  /** The browser's own lasting id. */
  readonly browserId: string
  readonly label: string
  readonly kind: DeviceKind
}
/** `session` is null when there are several organisations to choose from. `locale` is the member's own choice. */
export type Entered = { readonly session: Session | null; readonly locale: string | null }

const DAY_MS = 86_400_000

/**
 * Opens a session in an organisation and knows the device again. MEMBERSHIP_REVOKED when no membership is live (or not
 * the one wanted), INVITATION_WAITING when none is but an invitation stands, DEVICE_REVOKED when this device was, SIGN_IN_BY_LINK or SIGN_IN_BY_PASSWORD when the organisation asks
 * for the other way, UNAUTHENTICATED when what was proved is too old for it.
 */
export async function enterOrganisation(deps: Deps, entry: Entry): Promise<Entered> {
  const { personId, proof, label, kind } = entry
  const choices = await membershipsOf(deps.db, personId)
  if (choices.length === 0)
    throw new FieldbackError(
      (await isAwaited(deps.db, personId)) ? 'INVITATION_WAITING' : 'MEMBERSHIP_REVOKED',
    )
  const chosen = choose(choices, entry)
  if (!chosen) return { session: null, locale: null }
  const { orgId, membershipId } = chosen
  const device = { orgId, membershipId, id: deviceIdOf(entry.browserId, membershipId), label, kind }
  const locale = await inOrg(deps.db, orgId, async (tx) => {
    const doorway = await findDoorway(tx, device)
    if (!doorway) throw new FieldbackError('MEMBERSHIP_REVOKED')
    if (doorway.revoked) throw new FieldbackError('DEVICE_REVOKED')
    const refused = wayRefused(doorway.rules, proof, orgId)
    if (refused) throw new FieldbackError(refused)
    if (isTooOld(doorway, entry, deps.now().getTime())) throw new FieldbackError('UNAUTHENTICATED')
    if ((await saveDevice(tx, device)).revoked) throw new FieldbackError('DEVICE_REVOKED')
    return doorway.locale
  })
  return { session: { personId, orgId, membershipId, deviceId: device.id, proof }, locale }
}

/** Somebody who comes over from another organisation brings what he proved there: it must still hold here. */
function isTooOld(doorway: Doorway, { proof, kind }: Entry, now: number): boolean {
  const held = sessionDays(doorway.rules, kind) * DAY_MS
  return proof.at <= doorway.endedAt || now - Math.max(proof.at, doorway.lastSeenAt ?? 0) > held
}

function choose(
  choices: readonly MembershipChoice[],
  { membershipId, proof }: Entry,
): MembershipChoice | null {
  if (membershipId === null) {
    const sender = choices.find(({ orgId }) => orgId === proof.sentBy)
    return sender ?? (choices.length === 1 ? (choices[0] ?? null) : null)
  }
  const found = choices.find((choice) => choice.membershipId === membershipId)
  if (!found) throw new FieldbackError('MEMBERSHIP_REVOKED')
  return found
}

/** One device per browser and membership: people who share a tablet are revoked one by one. A UUID made of a hash (v8). */
export function deviceIdOf(browserId: string, membershipId: string): string {
  const hex = createHash('sha256').update(`${browserId}/${membershipId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
