import { periodFault } from '@fieldback/domain/access/period-fault'
import type { Role } from '@fieldback/domain/access/permissions'
import { grantableRoles, type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Path } from '@fieldback/domain/territory/path'

export type GrantAsked = { readonly role: Role; readonly validFrom: string; readonly validTo: string | null }

/**
 * Whether the reader may give a role at a path for a period that begins today or later. FORBIDDEN,
 * ASSIGNMENT_BEYOND_GRANTER, ASSIGNMENT_DATES.
 */
export function checkGrant(scope: Scope, path: Path, { role, validFrom, validTo }: GrantAsked): void {
  requireGrantable(scope, path, role)
  if (periodFault({ validFrom, validTo }, scope.day))
    throw new FieldbackError('ASSIGNMENT_DATES', { from: validFrom, today: scope.day })
}

/** Whether the reader may give a role at a path, and so end or extend it. FORBIDDEN, ASSIGNMENT_BEYOND_GRANTER. */
export function requireGrantable(scope: Scope, path: Path, role: Role): void {
  const verdict = verdictAt(scope, 'assignment.grant', path)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'assignment.grant' })
  if (!grantableRoles(scope, path).includes(role))
    throw new FieldbackError('ASSIGNMENT_BEYOND_GRANTER', { role })
}
