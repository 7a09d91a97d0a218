import type { FieldDefinition } from '../field/field-spec.ts'
import { keyOf } from '../field/plan-publish.ts'
import { freeSlot } from '../field/slots.ts'

export type FieldAt = { readonly definition: FieldDefinition; readonly place: string }

/** Same words or key for the same thing: two such questions are never asked on one path. */
const alike = (a: FieldDefinition, b: FieldDefinition): boolean =>
  a.entity === b.entity && (a.key === b.key || keyOf(a.spec.label.fr) === keyOf(b.spec.label.fr))

export type Twice = { readonly key: string; readonly place: string; readonly territory: string }

/**
 * Live questions of a moved branch (of `place`) that a live one of its new line (of `territory`) asks already.
 */
export const questionsTwice = (own: readonly FieldAt[], above: readonly FieldAt[]): Twice[] =>
  own.flatMap(({ definition, place }) => {
    if (definition.retired) return []
    const same = above.find((other) => !other.definition.retired && alike(definition, other.definition))
    return same ? [{ key: definition.spec.label.fr, place, territory: same.place }] : []
  })

/**
 * Other typed columns for questions of a moved branch whose column a question of the new line has too, retired ones
 * included: each the first column that nobody in the organisation has, else one that neither the branch nor its new
 * line has, else null: the child table. `taken` names `entity:slot`.
 */
export function otherSlots(
  own: readonly FieldDefinition[],
  above: readonly FieldDefinition[],
  taken: ReadonlySet<string>,
): { readonly id: string; readonly slot: string | null }[] {
  const name = ({ entity, slot }: Pick<FieldDefinition, 'entity' | 'slot'>) => `${entity}:${slot}`
  const held = new Set(above.filter(({ slot }) => slot !== null).map(name))
  const anywhere = new Set(taken)
  const near = new Set([...held, ...own.map(name)])
  return own
    .filter((field) => field.slot !== null && held.has(name(field)))
    .map(({ id, entity, spec }) => {
      const among = (names: ReadonlySet<string>): Set<string> =>
        new Set(
          [...names].filter((one) => one.startsWith(`${entity}:`)).map((one) => one.slice(entity.length + 1)),
        )
      const slot = freeSlot(entity, spec, among(anywhere)) ?? freeSlot(entity, spec, among(near))
      if (slot !== null) for (const names of [anywhere, near]) names.add(name({ entity, slot }))
      return { id, slot }
    })
}
