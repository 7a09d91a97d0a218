import {
  countOtherAdministrators,
  lockOrganisation,
  rootPath,
  setDeviceRevoked,
  setMembershipRevoked,
} from '@fieldback/db/access/people.repo'
import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'

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

/** Ends or restores a member's access, at once. NOT_FOUND, LAST_ADMINISTRATOR. */
export async function changeMembership(sdb: ScopedDb, { auditId, id, revoked }: Change): Promise<void> {
  await requireWholeOrganisation(sdb)
  await lockOrganisation(sdb)
  if (revoked && (await countOtherAdministrators(sdb, id)) === 0)
    throw new FieldbackError('LAST_ADMINISTRATOR')
  if (!(await setMembershipRevoked(sdb, id, revoked)))
    throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  const action = revoked ? 'access.revokeMembership' : 'access.restoreMembership'
  await writeAudit(sdb, { id: auditId, action, subjectId: id, detail: {} })
}

/** The same for one of a member's devices. NOT_FOUND. */
export async function changeDevice(sdb: ScopedDb, { auditId, id, revoked }: Change): Promise<void> {
  await requireWholeOrganisation(sdb)
  const membershipId = await setDeviceRevoked(sdb, id, revoked)
  if (!membershipId) throw new FieldbackError('NOT_FOUND', { what: 'device' })
  const action = revoked ? 'access.revokeDevice' : 'access.restoreDevice'
  await writeAudit(sdb, { id: auditId, action, subjectId: id, detail: { membershipId } })
}
