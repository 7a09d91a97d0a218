import type { Day } from '../agenda/day.ts'
import type { TreeNode, TreeStep } from '../territory/tree-step.ts'
import { type Held, holdsOn } from './facts.ts'
import { linesOf } from './places.ts'
import type { Gesture } from './scenario.ts'

/** A role that is given or taken is told to its holder by who gives or takes it, to nobody else. */
const ofTree = ({ of }: TreeStep): boolean => of !== 'assign' && of !== 'endAssignment'

/**
 * The gestures that change where somebody works on a day, by person: he holds a role on a territory that one changes, or
 * below it when it passes elsewhere with all that lies there. Steps about roles are left out of them.
 */
export function concernedBy(
  gestures: readonly Gesture[],
  {
    tree,
    held,
    day,
  }: { readonly tree: readonly TreeNode[]; readonly held: readonly Held[]; readonly day: Day },
): ReadonlyMap<string, readonly Gesture[]> {
  const lines = linesOf(tree)
  const there = held.filter((one) => holdsOn(one, day))
  const told = new Map<string, Gesture[]>()
  for (const { id, steps } of gestures) {
    const changes = steps.filter(ofTree)
    const [on, below] = [new Set(changes.flatMap(placesOf)), new Set(changes.flatMap(branchesOf))]
    const reaches = ({ territoryId }: Held) =>
      on.has(territoryId) || (lines.get(territoryId) ?? []).some((above) => below.has(above))
    for (const membershipId of new Set(there.filter(reaches).map((one) => one.membershipId)))
      told.set(membershipId, [...(told.get(membershipId) ?? []), { id, steps: changes }])
  }
  return told
}

/** Territories whose holders a step concerns. */
function placesOf(step: TreeStep): string[] {
  switch (step.of) {
    case 'merge':
      return [step.territoryId, step.intoId]
    case 'rehome':
      return [step.fromId, step.toId]
    case 'rename':
    case 'close':
    case 'move':
      return [step.territoryId]
    default:
      return []
  }
}

/** Territories that a step passes elsewhere with all that lies below them. */
const branchesOf = (step: TreeStep): string[] =>
  step.of === 'move' || step.of === 'merge' ? [step.territoryId] : []
