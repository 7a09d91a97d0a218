import { withPassword } from '@fieldback/db/access/administrators.repo'
import { endSessions } from '@fieldback/db/access/device.repo'
import { memberEmails } from '@fieldback/db/access/membership.repo'
import { type DeviceRow, devicesOf } from '@fieldback/db/access/people.repo'
import { findSignInRules } from '@fieldback/db/access/sign-in-rules.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { inOrg } from '@fieldback/db/client'
import { clearFailures, personByEmail, personById, takeAttempt } from '@fieldback/db/identity/identity.repo'
import { setPassword } from '@fieldback/db/identity/password.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { Proof } from '@fieldback/domain/access/sign-in-rules'
import { FieldbackError } from '@fieldback/domain/errors'
import { passwordFault } from '@fieldback/domain/org/password-fault'
import type { Deps, Session } from '../context.ts'
import { openSession } from '../open-session.ts'
import { attemptSubject, PASSWORD_RULE } from './attempt-rules.ts'
import type { DoorDeps } from './door.ts'

/** For how long who has just opened an e-mailed link may choose a password without giving the one he forgot. */
export const FRESH_LINK_MINUTES = 10

export type OwnAccount = {
  readonly email: string
  readonly hasPassword: boolean
  /** He came by an e-mailed link a few minutes ago. */
  readonly freshLink: boolean
  /** The organisation lets in by a link that one asks for oneself. */
  readonly linkAllowed: boolean
  readonly deviceId: string
  /** Last seen first; those that were withdrawn or signed out are left out. */
  readonly devices: readonly DeviceRow[]
}

/** What a member sees of his own account. */
export async function readOwnAccount(sdb: ScopedDb, session: Session, now: Date): Promise<OwnAccount> {
  const { membershipId, deviceId } = sdb.scope
  const emails = await memberEmails(sdb.tx, [membershipId])
  const able = await withPassword(sdb.tx, [membershipId])
  const devices = await devicesOf(sdb, membershipId)
  return {
    email: emails.get(membershipId) ?? '',
    hasPassword: able.has(membershipId),
    freshLink: isFreshLink(session.proof, now),
    linkAllowed: (await findSignInRules(sdb)).link,
    deviceId,
    devices: devices.filter(({ open }) => open),
  }
}

function isFreshLink(proof: Proof | undefined, now: Date): boolean {
  const age = now.getTime() - (proof?.at ?? 0)
  return proof?.way === 'link' && age >= 0 && age <= FRESH_LINK_MINUTES * 60_000
}

/** Ends the sessions of one of a member's own devices. NOT_FOUND for any other. */
export async function signOutDevice(
  sdb: ScopedDb,
  deviceId: string,
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
): Promise<void> {
  const { membershipId } = sdb.scope
  if (!(await endSessions(sdb, { membershipId, deviceId, at: now() })))
    throw new FieldbackError('NOT_FOUND', { what: 'device' })
  const detail = { membershipId }
  await writeAudit(sdb, { id: newId(), action: 'access.signOutDevice', subjectId: deviceId, detail })
}

/** Signing out ends what this browser's session proved, so that a cookie which comes back after a crash opens nothing. */
export async function endOwnSession(deps: Deps, session: Session): Promise<void> {
  const { membershipId, deviceId } = session
  await inOrg(deps.db, session.orgId, async (tx) => {
    const { scope } = await openSession(tx, session, deps.now())
    await endSessions({ tx, scope }, { membershipId, deviceId, at: deps.now() })
  })
}

export type PasswordDeps = DoorDeps & {
  /** argon2id. */
  readonly hashPassword: (password: string) => Promise<string>
}
export type PasswordChange = {
  /** Not asked of who has none, nor of who has just come by an e-mailed link. */
  readonly current: string | null
  readonly next: string
}

/**
 * Sets a person's own password. PASSWORD_WEAK {reason}, CREDENTIALS_WRONG, TOO_MANY_ATTEMPTS {seconds}; and what a
 * session can be refused for. Nothing slow is done inside a transaction.
 */
export async function changePassword(
  deps: PasswordDeps,
  session: Session,
  { current, next }: PasswordChange,
): Promise<void> {
  await inOrg(deps.db, session.orgId, (tx) => openSession(tx, session, deps.now()))
  const person = await personById(deps.db, session.personId)
  const found = person && (await personByEmail(deps.db, person.email))
  if (!found) throw new FieldbackError('UNAUTHENTICATED')
  if (!isFreshLink(session.proof, deps.now())) await requireCurrent(deps, found, current)
  const weak = passwordFault(next, found.email)
  if (weak) throw new FieldbackError('PASSWORD_WEAK', { reason: weak })
  const hash = await deps.hashPassword(next)
  await inOrg(deps.db, session.orgId, async (tx) => {
    const { scope } = await openSession(tx, session, deps.now())
    await setPassword(tx, session.personId, hash)
    const action = 'access.setPassword'
    await writeAudit({ tx, scope }, { id: deps.newId(), action, subjectId: scope.membershipId, detail: {} })
  })
}

/** A session left open on a desk is not enough to take its person's password over. */
async function requireCurrent(
  deps: PasswordDeps,
  { email, passwordHash }: { readonly email: string; readonly passwordHash: string | null },
  current: string | null,
): Promise<void> {
  const subject = attemptSubject(deps.secret, 'password', email)
  const wait = await takeAttempt(deps.db, subject, PASSWORD_RULE)
  if (wait > 0) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds: wait })
  if (!(await deps.verifyPassword(passwordHash, current ?? ''))) throw new FieldbackError('PASSWORD_CURRENT')
  await clearFailures(deps.db, subject)
}
