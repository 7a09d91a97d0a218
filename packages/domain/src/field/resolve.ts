import type { Rank } from '../territory/rank.ts'
import type { FieldDefinition, FieldEntity } from './field-spec.ts'

/** A territory on the path from the root to a home. */
export type PathNode = { readonly id: string; readonly name: string; readonly rank: Rank }

/** A question really asked at a home, with who asks it. */
export type EffectiveField = FieldDefinition & { readonly owner: PathNode }

/**
 * The questions asked at a home for one entity: every live definition owned on the path, ordered by owner from the
 * root down, then by position, then by id. `path` runs from the root to the home.
 */
export function resolveFields(
  path: readonly PathNode[],
  definitions: readonly FieldDefinition[],
  entity: FieldEntity,
): EffectiveField[] {
  const depth = new Map(path.map((node, index) => [node.id, { node, index }]))
  return definitions
    .flatMap((definition) => {
      const at = depth.get(definition.territoryId)
      return at && definition.entity === entity && !definition.retired && definition.version > 0
        ? [{ at: at.index, field: { ...definition, owner: at.node } }]
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
