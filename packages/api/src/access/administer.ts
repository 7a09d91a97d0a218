import { rootPath } from '@fieldback/db/access/administrators.repo'
import { endSessions, setDeviceRevoked } from '@fieldback/db/access/device.repo'
import {
  endRolesAtClosed,
  setMembershipRevoked,
  setPerson,
} from '@fieldback/db/access/membership-change.repo'
import { findPerson } from '@fieldback/db/access/people.repo'
import { writeAudit, writeAudits } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Deps } from '../context.ts'
import { refuseChanged } from '../meanwhile.ts'
import { admitInvitations, mailInvitations } from './invitation.ts'
import { keepAdministrator } from './keep-administrator.ts'

/**
 * Who may enter concerns the whole organisation, so it takes the right at its root: administering one branch is not
 * enough. FORBIDDEN.
 */
export async function requireWholeOrganisation(sdb: ScopedDb): Promise<void> {
  const permission = 'organisation.administer'
  const root = await rootPath(sdb.tx, sdb.scope.orgId)
  const verdict = verdictAt(sdb.scope, permission, root ?? '')
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
}

export type Change = { readonly auditId: string; readonly id: string; readonly revoked: boolean }

/**
 * Ends or restores a member's access, at once. Meanwhile his roles stand nowhere and keep no territory open; given back,
 * they hold as before, but where the territory has closed. NOT_FOUND, LAST_ADMINISTRATOR.
 */
export async function changeMembership(
  sdb: ScopedDb,
  { id, revoked }: Omit<Change, 'auditId'>,
  newId: () => string,
): Promise<void> {
  await requireWholeOrganisation(sdb)
  const ended = await keepAdministrator(sdb, async () => {
    // A closing under way holds the organisation too: it was either seen here, or sees that his roles stand again.
    const over = revoked ? [] : await endRolesAtClosed(sdb, id)
    if (!(await setMembershipRevoked(sdb, id, revoked)))
      throw new FieldbackError('NOT_FOUND', { what: 'membership' })
    return over
  })
  const action = revoked ? 'access.revokeMembership' : 'access.restoreMembership'
  await writeAudits(sdb, [
    { id: newId(), action, subjectId: id, detail: {} },
    ...ended.map(({ id: subjectId, from, to }) => ({
      id: newId(),
      action: 'assignment.end' as const,
      subjectId,
      detail: { membershipId: id, from, to },
    })),
  ])
}

/** The same for one of a member's devices. NOT_FOUND. */
export async function changeDevice(sdb: ScopedDb, { auditId, id, revoked }: Change): Promise<void> {
  await requireWholeOrganisation(sdb)
  const membershipId = await setDeviceRevoked(sdb, id, revoked)
  if (!membershipId) throw new FieldbackError('NOT_FOUND', { what: 'device' })
  const action = revoked ? 'access.revokeDevice' : 'access.restoreDevice'
  await writeAudit(sdb, { id: auditId, action, subjectId: id, detail: { membershipId } })
}

export type PersonInput = {
  readonly membershipId: string
  readonly displayName: string
  readonly locale: string | null
  /** As the caller saw them. */
  readonly known?: { readonly displayName: string; readonly locale: string | null } | undefined
}

/** Writes a member's name and language; answers what they were, to undo. NOT_FOUND, CHANGED_MEANWHILE. */
export async function changePerson(
  sdb: ScopedDb,
  input: PersonInput,
  auditId: string,
): Promise<{ displayName: string; locale: string | null }> {
  await requireWholeOrganisation(sdb)
  const before = await setPerson(sdb, input)
  if (!before) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  const { membershipId, displayName, locale, known } = input
  if (before.displayName !== displayName || before.locale !== locale) refuseChanged(known, before)
  const detail = { nameChanged: before.displayName !== displayName, locale }
  await writeAudit(sdb, { id: auditId, action: 'access.setPerson', subjectId: membershipId, detail })
  return before
}

type InScope = <T>(work: (sdb: ScopedDb) => Promise<T>) => Promise<T>
export type LinkMailed = { readonly mailed: boolean }

/**
 * Mails a member a link once more: an invitation, or with `reset` one that lets in who lost his way in, after ending all
 * his sessions here. His password stays his own: other organisations may rest on it. NOT_FOUND, TOO_MANY_ATTEMPTS.
 */
export async function sendLinkTo(
  deps: Deps,
  inScope: InScope,
  { membershipId, reset }: { readonly membershipId: string; readonly reset: boolean },
): Promise<LinkMailed> {
  const orgId = await inScope(async (sdb) => {
    await requireWholeOrganisation(sdb)
    const { state } = await findPerson(sdb, membershipId)
    if (state === 'revoked') throw new FieldbackError('NOT_FOUND', { what: 'membership' })
    return sdb.scope.orgId
  })
  // Counted apart from the person's own requests, which nobody else may use up.
  const { seconds } = await admitInvitations(deps, { orgId, membershipIds: [membershipId] })
  if (seconds > 0) throw new FieldbackError('TOO_MANY_ATTEMPTS', { seconds })
  await inScope(async (sdb) => {
    if (reset) await endSessions(sdb, { membershipId, deviceId: null, at: deps.now() })
    const action = reset ? 'access.resetSignIn' : 'access.inviteAgain'
    await writeAudit(sdb, { id: deps.newId(), action, subjectId: membershipId, detail: {} })
  })
  const sent = await mailInvitations(deps, {
    orgId,
    membershipIds: [membershipId],
    kind: reset ? 'enter' : 'invite',
  })
  return { mailed: sent.has(membershipId) }
}
