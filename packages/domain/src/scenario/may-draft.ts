import type { Permission, Role } from '../access/permissions.ts'
import { grantableRoles, type Place, type Scope, verdictAt } from '../access/scope.ts'
import { isWithin, type Path } from '../territory/path.ts'
import type { Fault } from '../territory/placement.ts'
import { LOCAL, type Rank, SUB_SECTOR } from '../territory/rank.ts'
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
 * of their branch, under which of its local territories these stand, and the homes of its accounts, and roles within their own. NOT_FOUND for an unknown territory or role,
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
  const arranged = territoriesOf(step)
    .flatMap(drafting.places)
    .filter(({ path }) => !verdictAt(scope, 'organisation.administer', path).allowed)
  return (
    first(arranged, (place) => rightFault(scope, step, place)) ??
    (arranged.length > 0 ? levelFault(step, drafting) : null)
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
  rehome: 'account.move',
}

function rightFault(scope: Scope, step: TreeStep, place: Place): Fault | null {
  const permission = PERMISSION_OF[step.of] ?? 'territory.arrange'
  const verdict = verdictAt(scope, permission, place.path)
  return verdict.allowed ? null : refused(verdict.reason, permission)
}

/** Who does not administer arranges sub-sectors, under local territories. */
function levelFault(step: TreeStep, { places }: Drafting): Fault | null {
  if (step.of === 'rehome') return null
  const ranks = (id: string) => places(id).map(({ rank }) => rank)
  const arranged = step.of === 'create' ? [step.rank] : 'territoryId' in step ? ranks(step.territoryId) : []
  const under = step.of === 'create' || step.of === 'move' ? ranks(step.parentId) : []
  return rankFault(arranged, SUB_SECTOR) ?? rankFault(under, LOCAL)
}

function rankFault(ranks: readonly Rank[], need: Rank): Fault | null {
  const other = ranks.find((rank) => rank !== need)
  return other === undefined ? null : { code: 'TERRITORY_RANK', params: { rank: other, need } }
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
