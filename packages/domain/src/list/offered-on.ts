import type { FieldDefinition, FieldOption } from '../field/field-spec.ts'

/** Who keeps the items among some options: the same options are asked of for every home. */
const keepers = new WeakMap<readonly FieldOption[], ReadonlySet<string>>()

function keepersOf(options: readonly FieldOption[]): ReadonlySet<string> {
  const known = keepers.get(options)
  if (known) return known
  const found = new Set(options.flatMap(({ item }) => item?.territoryId ?? []))
  keepers.set(options, found)
  return found
}

/** A question as a path offers it: items that a territory beside the path keeps are readable, and not offered there. */
export function offeredOn(
  path: { has(territoryId: string): boolean },
  definition: FieldDefinition,
): FieldDefinition {
  const { options } = definition.spec
  if ([...keepersOf(options)].every((id) => path.has(id))) return definition
  return {
    ...definition,
    spec: {
      ...definition.spec,
      options: options.map((option) =>
        !option.item || path.has(option.item.territoryId) ? option : { ...option, retired: true },
      ),
    },
  }
}
