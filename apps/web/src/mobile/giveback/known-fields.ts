import { asOwned, type EffectiveField } from '@fieldback/domain/field/resolve'
import type { Frame } from '@fieldback/domain/sync/pull'
import type { PathNode } from '@fieldback/domain/territory/path-node'

/** Every question asked somewhere in the reader's scope, with who asks it. */
export function knownFields(frame: Frame): EffectiveField[] {
  const owners = new Map(frame.territories.map((territory) => [territory.id, territory]))
  return frame.fields.flatMap((field) => {
    const owner = owners.get(field.territoryId)
    return owner && !field.retired && field.version > 0
      ? [asOwned(field, { id: owner.id, name: owner.name, rank: owner.rank })]
      : []
  })
}

/** Who asks a question, or asked it before it was retired. */
export function ownersOf(frame: Frame): (fieldId: string) => PathNode | undefined {
  const places = new Map(frame.territories.map((territory) => [territory.id, territory]))
  const owners = new Map<string, PathNode>()
  for (const field of [...frame.pastFields, ...frame.fields]) {
    const place = places.get(field.territoryId)
    if (place) owners.set(field.id, { id: place.id, name: place.name, rank: place.rank })
  }
  return (fieldId) => owners.get(fieldId)
}
