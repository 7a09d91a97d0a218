import type { PathNode } from '../territory/path-node.ts'
import type { FieldDefinition, FieldSpec, TighteningSpec } from './field-spec.ts'
import { LOCKABLE, type Lockable } from './lockable.ts'
import { asOwned } from './resolve.ts'
import { sameBounds } from './said-bounds.ts'
import { lockOn, names, type Tightened, tighten } from './tighten.ts'

/** Why what a level says of an aspect changes nothing: `by` locked it, or asks at least as much already. */
export type Aside = {
  readonly aspect: Lockable
  readonly why: 'locked' | 'stricter'
  readonly by: PathNode
}

/** What a level says of a question it inherits, and what of it is without effect. */
export type ToldTouch = {
  readonly node: PathNode
  readonly spec: TighteningSpec
  readonly aside: readonly Aside[]
}

/**
 * What each level below the owner makes of a question, from the root down, for people to read. `below`: the path under
 * the owner. A level that took back what it had said is not told.
 */
export function toldTouches(
  definition: FieldDefinition,
  owner: PathNode,
  below: readonly PathNode[],
): ToldTouch[] {
  const told: ToldTouch[] = []
  const strictest = new Map<Lockable, PathNode>()
  let field: Tightened = asOwned(definition, owner)
  for (const node of below) {
    const tightening = definition.tightenings?.find(({ territoryId }) => territoryId === node.id)
    if (!tightening) continue
    const next = tighten(field, tightening, node)
    const said = LOCKABLE.filter((aspect) => names(tightening.spec, aspect))
    const aside = said.flatMap((aspect): Aside[] => {
      const lock = lockOn(field, aspect)
      if (lock) return [{ aspect, why: 'locked', by: lock.by }]
      if (isSame(aspect, field.spec, next.spec))
        return [{ aspect, why: 'stricter', by: strictest.get(aspect) ?? owner }]
      strictest.set(aspect, node)
      return []
    })
    if (said.length > 0 || tightening.spec.locks.length > 0) told.push({ node, spec: tightening.spec, aside })
    field = next
  }
  return told
}

/** Help and order that say the same again are in force all the same: nothing above is in their way. */
function isSame(aspect: Lockable, before: FieldSpec, after: FieldSpec): boolean {
  if (aspect === 'required') return before.required === after.required
  if (aspect === 'bounds') return sameBounds(before, after)
  if (aspect !== 'options') return false
  const offered = ({ options }: FieldSpec) => options.filter(({ retired }) => !retired).map(({ id }) => id)
  return offered(before).join() === offered(after).join()
}
