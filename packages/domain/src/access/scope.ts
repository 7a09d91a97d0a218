import { isWithin, outermost, type Path } from '../territory/path.ts'
import { type Permission, ROLE_PERMISSIONS, ROLES, type Role, rolesWithin } from './permissions.ts'

/** One live assignment: a role on a territory and, through its path, on all below it. */
export type Grant = {
  readonly assignmentId: string
  readonly role: Role
  readonly territoryId: string
  readonly path: Path
}

/** An assignment with its days (YYYY-MM-DD, both inclusive; `validTo` null: no end). */
export type DatedGrant = Grant & { readonly validFrom: string; readonly validTo: string | null }

/** What one signed-in person may reach in one organisation, today. */
export type Scope = {
  readonly orgId: string
  readonly membershipId: string
  readonly deviceId: string
  /** The organisation's local day, YYYY-MM-DD. */
  readonly day: string
  readonly grants: readonly Grant[]
}

export type Verdict =
  | { readonly allowed: true; readonly grant: Grant }
  | { readonly allowed: false; readonly reason: 'no_permission' | 'outside_branch' }

/** Keeps the assignments that hold on a day. */
export const grantsOn = (day: string, assignments: readonly DatedGrant[]): Grant[] =>
  assignments
    .filter((a) => a.validFrom <= day && (a.validTo === null || day <= a.validTo))
    .map(({ assignmentId, role, territoryId, path }) => ({ assignmentId, role, territoryId, path }))

const grantsWith = (scope: Scope, permission: Permission): Grant[] =>
  scope.grants.filter((grant) => ROLE_PERMISSIONS[grant.role].includes(permission))

/** Says whether a permission holds at a territory's path, by which grant, or why not. */
export function verdictAt(scope: Scope, permission: Permission, path: Path): Verdict {
  const holding = grantsWith(scope, permission)
  if (holding.length === 0) return { allowed: false, reason: 'no_permission' }
  const grant = holding.find((candidate) => isWithin(candidate.path, path))
  return grant ? { allowed: true, grant } : { allowed: false, reason: 'outside_branch' }
}

export const holdsAnywhere = (scope: Scope, permission: Permission): boolean =>
  grantsWith(scope, permission).length > 0

/** The outermost branches where a permission holds; empty means nowhere. */
export const branchesWith = (scope: Scope, permission: Permission): Path[] =>
  outermost(grantsWith(scope, permission).map((grant) => grant.path))

/**
 * The roles a person may grant at a path: none beyond what he holds there, and only where he may grant at all.
 * Administering the organisation includes appointing to every role: it is what the role is for, and it is audited.
 */
export function grantableRoles(scope: Scope, path: Path): Role[] {
  if (!verdictAt(scope, 'assignment.grant', path).allowed) return []
  if (verdictAt(scope, 'organisation.administer', path).allowed) return [...ROLES]
  const here = scope.grants.filter((grant) => isWithin(grant.path, path))
  return rolesWithin(new Set(here.flatMap((grant) => ROLE_PERMISSIONS[grant.role])))
}

/** Where a person lands after signing in: the widest of his roles decides. */
export function homePage(grants: readonly Grant[]): '/m' | '/manage' | '/hq' | '/admin' | '/nowhere' {
  const roles = new Set(grants.map((grant) => grant.role))
  if (roles.has('headquarters')) return '/hq'
  if (roles.has('manager')) return '/manage'
  if (roles.has('rep')) return '/m'
  return roles.has('administrator') ? '/admin' : '/nowhere'
}
