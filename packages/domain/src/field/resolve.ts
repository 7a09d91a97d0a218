import { offeredOn } from '../list/offered-on.ts'
import type { PathNode } from '../territory/path-node.ts'
import type { FieldDefinition, FieldEntity } from './field-spec.ts'
import { type Tightened, tighten, withLocks } from './tighten.ts'

/** A question really asked at a home, with who asks it and who made it stricter. */
export type EffectiveField = Tightened & { readonly owner: PathNode }

/** A question as its owner asks it. */
export const asOwned = (definition: FieldDefinition, owner: PathNode): EffectiveField => ({
  ...definition,
  owner,
  locked: withLocks([], definition.spec.locks, owner),
  touched: [],
})

/**
 * The questions asked at a home for one entity: every live definition owned on the path, tightened by each level below
 * its owner in turn, ordered by owner from the root down, then by position, then by id. `path` runs from the root to
 * the home.
 */
export function resolveFields(
  path: readonly PathNode[],
  definitions: readonly FieldDefinition[],
  entity: FieldEntity,
): EffectiveField[] {
  const depth = new Map(path.map((node, index) => [node.id, index]))
  return definitions
    .flatMap((definition) => {
      const at = depth.get(definition.territoryId)
      const owner = at === undefined ? undefined : path[at]
      const asked = definition.entity === entity && !definition.retired && definition.version > 0
      return at !== undefined && owner && asked
        ? [{ at, field: tightenAlong(path.slice(at + 1), asOwned(offeredOn(depth, definition), owner)) }]
        : []
    })
    .sort(
      (a, b) =>
        a.at - b.at ||
        a.field.spec.position - b.field.spec.position ||
        (a.field.id < b.field.id ? -1 : a.field.id > b.field.id ? 1 : 0),
    )
    .map(({ field }) => field)
}

const tightenAlong = (below: readonly PathNode[], owned: EffectiveField): EffectiveField =>
  below.reduce((field, node) => {
    const tightening = owned.tightenings?.find(({ territoryId }) => territoryId === node.id)
    return tightening ? tighten(field, tightening, node) : field
  }, owned)
