import type { ScopedDb } from '@fieldback/db/scoped-db'
import { nearTree } from '@fieldback/db/territory/near-tree.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { subjectsOf } from '@fieldback/domain/scenario/project'
import { pathIds } from '@fieldback/domain/territory/path'
import { applySteps, type TreeNode, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { namedBy } from '../territory/apply-steps.ts'
import { checkRights } from '../territory/step-rights.ts'
import { addGesture, type Clock, create, refuseDay } from './draft.ts'
import { plan } from './publish.ts'

/**
 * One change of the tree on a day to come, by who may make it today: a planned scenario of one gesture, over the smallest
 * branch that holds it all. NOT_FOUND, FORBIDDEN, also when that branch is not all the reader's, TERRITORY_RANK,
 * SCENARIO_PAST, SCENARIO_FAR, and the faults of `applySteps` and `addGesture`.
 */
export async function planOne(
  sdb: ScopedDb,
  { steps, day, name }: { readonly steps: readonly TreeStep[]; readonly day: string; readonly name: string },
  deps: Clock,
): Promise<{ id: string }> {
  refuseDay(sdb, day)
  const named = namedBy(steps)
  const tree = await nearTree(sdb, named)
  const known = new Map(tree.map((place) => [place.id, place]))
  checkRights(sdb.scope, known, steps)
  // Neighbours by name and bearers of a code may lie outside the branch of the scenario.
  const taken = applySteps(tree, steps, { ahead: day > sdb.scope.day })
  if ('fault' in taken) throw new FieldbackError(taken.fault.code, taken.fault.params)
  const lines = named.ids.flatMap((id) => known.get(id)?.path ?? []).map(pathIds)
  const territoryId = branchOf(sdb, { lines, steps, known })
  const { id } = await create(sdb, { territoryId, name, effectiveOn: day }, deps)
  const { version } = await addGesture(sdb, { scenarioId: id, steps, known: 1 }, deps)
  await plan(sdb, { scenarioId: id, day, known: version }, deps)
  return { id }
}

type Around = {
  /** Ids from the root to each territory that is named. */
  readonly lines: readonly (readonly string[])[]
  readonly steps: readonly TreeStep[]
  readonly known: ReadonlyMap<string, TreeNode & { readonly path: string }>
}

/** The lowest territory above all that is named; above what is changed itself, where the reader arranges that too. */
function branchOf({ scope }: ScopedDb, { lines, steps, known }: Around): string {
  const common = lines[0]?.findLast((id) => lines.every((line) => line.includes(id)))
  const lowest = common === undefined ? undefined : known.get(common)
  if (!lowest) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const above = lowest.parentId === null ? undefined : known.get(lowest.parentId)
  const changed = steps.some((step) => step.of !== 'rehome' && subjectsOf(step).includes(lowest.id))
  return changed && above && verdictAt(scope, 'territory.arrange', above.path).allowed ? above.id : lowest.id
}
