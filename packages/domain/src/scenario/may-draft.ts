import type { Permission, Role } from '../access/permissions.ts'
import { grantableRoles, type Place, type Scope, verdictAt } from '../access/scope.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { Fault } from '../territory/placement.ts'
import { SUB_SECTOR } from '../territory/rank.ts'
import type { TreeStep } from '../territory/tree-step.ts'

export type Drafting = {
  /** The branch that the scenario concerns. */
  readonly branch: Path
  /** Where a territory lies: in the live tree, and in the draft, when they differ. */
  readonly places: (territoryId: string) => readonly Place[]
  /** Where a role that runs is held, and which; undefined for an unknown one. */
  readonly held: (assignmentId: string) => { readonly path: Path; readonly role: Role } | undefined
}

const refused = (reason: string, permission: Permission): Fault => ({
  code: 'FORBIDDEN',
  params: { reason, permission },
})

/**
 * Why somebody may not draft a step over a branch, null when he may: an administrator anything, others the sub-sectors
 * of their branch, where these stand, and the homes of its accounts, and roles within their own. NOT_FOUND for an unknown territory or role,
 * TERRITORY_OUTSIDE_BRANCH, TERRITORY_RANK, FORBIDDEN, ASSIGNMENT_BEYOND_GRANTER.
 */
export function draftFault(scope: Scope, step: TreeStep, drafting: Drafting): Fault | null {
  for (const id of territoriesOf(step)) {
    const places = drafting.places(id)
    if (places.length === 0) return { code: 'NOT_FOUND', params: { what: 'territory' } }
    if (!places.every(({ path }) => isWithin(drafting.branch, path)))
      return { code: 'TERRITORY_OUTSIDE_BRANCH', params: {} }
  }
  if (step.of === 'assign')
    return first(drafting.places(step.territoryId), ({ path }) => roleFault(scope, path, step.role))
  if (step.of === 'endAssignment') {
    const held = drafting.held(step.assignmentId)
    return held
      ? roleFault(scope, held.path, held.role)
      : { code: 'NOT_FOUND', params: { what: 'assignment' } }
  }
  return first(territoriesOf(step).flatMap(drafting.places), (place) =>
    treeFault(scope, step, place, drafting),
  )
}

/** The territories that a step names, but for one that it makes. */
function territoriesOf(step: TreeStep): string[] {
  switch (step.of) {
    case 'create':
      return [step.parentId]
    case 'move':
      return [step.territoryId, step.parentId]
    case 'merge':
      return [step.territoryId, step.intoId]
    case 'rehome':
    case 'rehang':
      return [step.fromId, step.toId]
    case 'endAssignment':
    case 'unsettle':
      return []
    default:
      return [step.territoryId]
  }
}

/** Of a step that takes another right than arranging. */
const PERMISSION_OF: Readonly<Partial<Record<TreeStep['of'], Permission>>> = {
  move: 'organisation.administer',
  rehome: 'account.move',
}

/** At one of the places that a step names. */
function treeFault(scope: Scope, step: TreeStep, place: Place, { places }: Drafting): Fault | null {
  const { path } = place
  if (verdictAt(scope, 'organisation.administer', path).allowed) return null
  const permission = PERMISSION_OF[step.of] ?? 'territory.arrange'
  const verdict = verdictAt(scope, permission, path)
  if (!verdict.allowed) return refused(verdict.reason, permission)
  if (step.of === 'rehome') return null
  const ranks =
    step.of === 'create'
      ? [step.rank]
      : 'territoryId' in step
        ? places(step.territoryId).map(({ rank }) => rank)
        : []
  const above = ranks.find((rank) => rank !== SUB_SECTOR)
  return above === undefined ? null : { code: 'TERRITORY_RANK', params: { rank: above, need: SUB_SECTOR } }
}

function roleFault(scope: Scope, path: Path, role: Role): Fault | null {
  const verdict = verdictAt(scope, 'assignment.grant', path)
  if (!verdict.allowed) return refused(verdict.reason, 'assignment.grant')
  return grantableRoles(scope, path).includes(role)
    ? null
    : { code: 'ASSIGNMENT_BEYOND_GRANTER', params: { role } }
}

function first<T>(items: readonly T[], find: (item: T) => Fault | null): Fault | null {
  for (const item of items) {
    const found = find(item)
    if (found) return found
  }
  return null
}
