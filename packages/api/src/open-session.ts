import { findLiveSession, type LiveSession } from '@fieldback/db/access/session.repo'
import { delegationFacts } from '@fieldback/db/delegation/delegation-facts.repo'
import type { OrgSql } from '@fieldback/db/org-sql'
import { delegatedOn } from '@fieldback/domain/access/delegation'
import { grantsOn, type Scope } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Session } from './context.ts'

export type Me = {
  readonly orgName: string
  readonly displayName: string
  readonly locale: string | null
  readonly timeZone: string
  /** Of the organisation's data: another one once a backup was restored. */
  readonly epoch: string
  /** Whatever their dates: sync honours a right that was held at capture. */
  readonly assignments: LiveSession['assignments']
}

/** One a time zone: making one takes longer than a hundred days take to be written. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** YYYY-MM-DD of an instant in a time zone. */
export const localDay = (timeZone: string, instant: Date): string => formatOf(timeZone).format(instant)

/**
 * Checks in the organisation's transaction that a session still holds, and says what it may reach today.
 * UNAUTHENTICATED, MEMBERSHIP_REVOKED, DEVICE_REVOKED.
 */
export async function openSession(
  tx: OrgSql,
  session: Session,
  now: Date,
): Promise<{ scope: Scope; me: Me }> {
  const live = await findLiveSession(tx, { ...session, provedAt: session.proof?.at ?? 0 })
  if (!live) throw new FieldbackError('UNAUTHENTICATED')
  if (live.revoked) throw new FieldbackError('MEMBERSHIP_REVOKED')
  if (!live.device || live.device.revoked) throw new FieldbackError('DEVICE_REVOKED')
  if (live.device.over) throw new FieldbackError('UNAUTHENTICATED')
  return {
    scope: await scopeOn(tx, live, session, now),
    me: {
      orgName: live.orgName,
      displayName: live.displayName,
      locale: live.locale,
      timeZone: live.timeZone,
      epoch: live.epoch,
      assignments: live.assignments,
    },
  }
}

type Ids = Pick<Session, 'orgId' | 'membershipId' | 'deviceId'>

async function scopeOn(tx: OrgSql, live: LiveSession, ids: Ids, now: Date): Promise<Scope> {
  const { orgId, membershipId, deviceId } = ids
  const day = localDay(live.timeZone, now)
  return {
    orgId,
    membershipId,
    deviceId,
    day,
    grants: grantsOn(day, live.assignments),
    delegated: live.delegated
      ? delegatedOn(day, membershipId, await delegationFacts(tx, orgId, [membershipId]))
      : [],
    headquartersOnly: live.headquartersOnly,
  }
}

const NO_DEVICE = '00000000-0000-0000-0000-000000000000'

/**
 * For jobs alone: what a member may reach today, as if he had just signed in. Null when he is no member any more.
 */
export async function unsafeScopeOf(
  tx: OrgSql,
  { orgId, membershipId }: Pick<Session, 'orgId' | 'membershipId'>,
  now: Date,
): Promise<Scope | null> {
  const ids = { orgId, membershipId, deviceId: NO_DEVICE }
  const live = await findLiveSession(tx, { ...ids, provedAt: 0 })
  return live && !live.revoked ? scopeOn(tx, live, ids, now) : null
}

/** The same, for what a job does in his name. MEMBERSHIP_REVOKED. */
export async function scopeOfMember(
  tx: OrgSql,
  ids: Pick<Session, 'orgId' | 'membershipId'>,
  now: Date,
): Promise<Scope> {
  const scope = await unsafeScopeOf(tx, ids, now)
  if (!scope) throw new FieldbackError('MEMBERSHIP_REVOKED')
  return scope
}
