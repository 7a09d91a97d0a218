import type { FieldDefinition, Localised } from '../field/field-spec.ts'
import { keyOf } from '../field/plan-publish.ts'
import { freeSlot } from '../field/slots.ts'

export type FieldAt = { readonly definition: FieldDefinition; readonly place: string }

/** As much of a question as tells whether it is the same as another. */
export type AskedAt = {
  readonly definition: Pick<FieldDefinition, 'id' | 'entity' | 'key' | 'retired'> & {
    readonly spec: { readonly label: Localised }
  }
}

/** Same words or key for the same thing: two such questions are never asked on one path. */
const alike = (a: AskedAt['definition'], b: AskedAt['definition']): boolean =>
  a.entity === b.entity && (a.key === b.key || keyOf(a.spec.label.fr) === keyOf(b.spec.label.fr))

/** Whether two questions will be asked of the same accounts. */
export type Meets<F extends AskedAt = AskedAt> = (own: F, near: F) => boolean

const asked = ({ definition }: AskedAt): boolean => !definition.retired

/**
 * Live questions that come somewhere, each group with the live ones asked there already in the same words: those that
 * come first.
 */
export function clashesOf<F extends AskedAt>(
  own: readonly F[],
  near: readonly F[],
  meets: Meets<F> = () => true,
): F[][] {
  let groups: F[][] = []
  for (const one of own.filter(asked)) {
    const same = near.filter(
      (other) => asked(other) && alike(one.definition, other.definition) && meets(one, other),
    )
    if (same.length === 0) continue
    const joined = groups.filter((group) => group.some((field) => same.includes(field)))
    const all = [...joined.flat(), one, ...same]
    groups = [
      ...groups.filter((group) => !joined.includes(group)),
      all.filter((f, at) => all.indexOf(f) === at),
    ]
  }
  return groups.map((group) => group.toSorted((a, b) => Number(near.includes(a)) - Number(near.includes(b))))
}

export type Twice = { readonly key: string; readonly place: string; readonly territory: string }

/** A clash in a sentence: what is asked, by whom of those that come, and by whom there. */
export function toldClash(clash: readonly FieldAt[]): Twice {
  const [own, near] = [clash[0], clash.at(-1)]
  return { key: own?.definition.spec.label.fr ?? '', place: own?.place ?? '', territory: near?.place ?? '' }
}

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
