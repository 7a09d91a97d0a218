import { isWithin, outermost, type Path } from '../territory/path.ts'
import type { Rank } from '../territory/rank.ts'
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

/** The right to define questions, as far as it was handed on and holds today: see delegation.ts. */
export type DelegatedGrant = {
  readonly delegationId: string
  readonly path: Path
  /** It comes from headquarters, however many hands it went through. */
  readonly asHeadquarters: boolean
}

/** What one signed-in person may reach in one organisation, today. */
export type Scope = {
  readonly orgId: string
  readonly membershipId: string
  readonly deviceId: string
  /** The organisation's local day, YYYY-MM-DD. */
  readonly day: string
  readonly grants: readonly Grant[]
  /** Of `field.define` alone. */
  readonly delegated?: readonly DelegatedGrant[]
  /** Levels at which headquarters alone define questions; absent: managers do at every level of their branch. */
  readonly headquartersOnly?: readonly Rank[]
}

/** A territory as rights look at it. */
export type Place = { readonly path: Path; readonly rank: Rank }

/** Where a permission is looked up. Who defines questions depends on the level too, so a path alone does not say it. */
type At<P extends Permission> = P extends 'field.define' ? Place : Place | Path

export type Verdict =
  | { readonly allowed: true; readonly grant: Grant | DelegatedGrant }
  | { readonly allowed: false; readonly reason: 'no_permission' | 'outside_branch' | 'headquarters_only' }

/** Keeps the assignments that hold on a day. */
export const grantsOn = (day: string, assignments: readonly DatedGrant[]): Grant[] =>
  assignments
    .filter((a) => a.validFrom <= day && (a.validTo === null || day <= a.validTo))
    .map(({ assignmentId, role, territoryId, path }) => ({ assignmentId, role, territoryId, path }))

const grantsWith = (scope: Scope, permission: Permission): (Grant | DelegatedGrant)[] => [
  ...scope.grants.filter((grant) => ROLE_PERMISSIONS[grant.role].includes(permission)),
  ...(permission === 'field.define' ? (scope.delegated ?? []) : []),
]

const isHeadquarters = (grant: Grant | DelegatedGrant): boolean =>
  'role' in grant ? grant.role === 'headquarters' : grant.asHeadquarters

/** Says whether a permission holds at a territory, by which grant, or why not. */
export function verdictAt<P extends Permission>(scope: Scope, permission: P, at: At<P>): Verdict {
  const holding = grantsWith(scope, permission)
  if (holding.length === 0) return { allowed: false, reason: 'no_permission' }
  const { path, rank } = typeof at === 'string' ? { path: at, rank: null } : at
  const here = holding.filter((candidate) => isWithin(candidate.path, path))
  if (here.length === 0) return { allowed: false, reason: 'outside_branch' }
  const kept = permission === 'field.define' ? (scope.headquartersOnly ?? []) : []
  // Of a path alone the level is not known: it is taken for one that is kept.
  const closed = rank === null ? kept.length > 0 : kept.includes(rank)
  const grant = here.find((candidate) => !closed || isHeadquarters(candidate))
  return grant ? { allowed: true, grant } : { allowed: false, reason: 'headquarters_only' }
}

export const holdsAnywhere = (scope: Scope, permission: Permission): boolean =>
  grantsWith(scope, permission).length > 0

/**
 * The outermost branches where a permission holds; empty means nowhere. Of `field.define`: whatever levels in them are
 * kept for headquarters.
 */
export const branchesWith = (scope: Scope, permission: Permission): Path[] =>
  outermost(grantsWith(scope, permission).map((grant) => grant.path))

/**
 * The roles a person may grant at a path: none beyond what he holds there, and only where he may grant at all.
 * Administering the organisation includes appointing to every role: it is what the role is for, and it is audited.
 * Headquarters define at levels that are kept from managers: a manager then appoints nobody to it.
 */
export function grantableRoles(scope: Scope, path: Path): Role[] {
  if (!verdictAt(scope, 'assignment.grant', path).allowed) return []
  if (verdictAt(scope, 'organisation.administer', path).allowed) return [...ROLES]
  const here = scope.grants.filter((grant) => isWithin(grant.path, path))
  const within = rolesWithin(new Set(here.flatMap((grant) => ROLE_PERMISSIONS[grant.role])))
  const widest = (scope.headquartersOnly ?? []).length === 0 || here.some(isHeadquarters)
  return within.filter((role) => role !== 'headquarters' || widest)
}

/** Where a person lands after signing in: the widest of his roles decides. */
export function homePage(grants: readonly Grant[]): '/m' | '/manage' | '/hq' | '/admin' | '/nowhere' {
  const roles = new Set(grants.map((grant) => grant.role))
  if (roles.has('headquarters')) return '/hq'
  if (roles.has('manager')) return '/manage'
  if (roles.has('rep')) return '/m'
  return roles.has('administrator') ? '/admin' : '/nowhere'
}
