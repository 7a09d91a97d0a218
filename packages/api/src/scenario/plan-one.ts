import { openPaths } from '@fieldback/db/assignment/assignment.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { pathIds } from '@fieldback/domain/territory/path'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { addGesture, type Clock, create } from './draft.ts'
import { plan } from './publish.ts'

type Dated = Extract<TreeStep, { of: 'move' | 'merge' | 'close' }>

/**
 * One change of the tree on a day to come: a planned scenario of one gesture, over the smallest branch that holds it all.
 * NOT_FOUND, FORBIDDEN, SCENARIO_PAST, and the faults of `addGesture`.
 */
export async function planOne(
  sdb: ScopedDb,
  { step, day, name }: { readonly step: Dated; readonly day: string; readonly name: string },
  deps: Clock,
): Promise<{ id: string }> {
  const territoryId = await branchOf(sdb, step)
  const { id } = await create(sdb, { territoryId, name, effectiveOn: day }, deps)
  const { version } = await addGesture(sdb, { scenarioId: id, steps: [step], known: 1 }, deps)
  await plan(sdb, { scenarioId: id, day, known: version }, deps)
  return { id }
}

/** The lowest territory above all that a step changes and joins. */
async function branchOf(sdb: ScopedDb, step: Dated): Promise<string> {
  const others = step.of === 'move' ? [step.parentId] : step.of === 'merge' ? [step.intoId] : []
  const paths = await openPaths(sdb, [step.territoryId, ...others])
  const lineOf = (id: string): string[] => {
    const path = paths.get(id)
    if (path === undefined) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return pathIds(path)
  }
  const above = lineOf(step.territoryId).slice(0, -1)
  const joined = others.map((id) => (step.of === 'merge' ? lineOf(id).slice(0, -1) : lineOf(id)))
  const branch = above.findLast((id) => joined.every((line) => line.includes(id)))
  if (branch === undefined) throw new FieldbackError('TERRITORY_ROOT')
  return branch
}
