import type { PathNode } from '../territory/path-node.ts'
import { areCrossed, isBounded, strictest } from './bounds.ts'
import type { FieldDefinition, FieldOption, FieldSpec, Tightening, TighteningSpec } from './field-spec.ts'
import { LOCKABLE, type Lockable } from './lockable.ts'

/** What a level made of a question it inherits; `setAside`: what a lock or a stricter level above leaves without effect. */
export type Touch = {
  readonly node: PathNode
  readonly tighteningId: string
  readonly version: number
  readonly setAside: readonly Lockable[]
}

/** What no level below `by` may change. */
export type Lock = { readonly aspect: Lockable; readonly by: PathNode }

/** A question on its way down a path. */
export type Tightened = FieldDefinition & {
  /** What no level from here on may change; of two levels that lock the same, the upper one. */
  readonly locked: readonly Lock[]
  /** Every level that tightened it, from the root down. */
  readonly touched: readonly Touch[]
}

export const lockOn = (field: Pick<Tightened, 'locked'>, aspect: Lockable): Lock | undefined =>
  field.locked.find((lock) => lock.aspect === aspect)

/** The locks of a level, without those that hold already. */
export const withLocks = (
  held: readonly Lock[],
  aspects: readonly Lockable[] | undefined,
  by: PathNode,
): readonly Lock[] => [
  ...held,
  ...LOCKABLE.filter((aspect) => aspects?.includes(aspect) && !lockOn({ locked: held }, aspect)).map(
    (aspect) => ({ aspect, by }),
  ),
]

/** Whether a tightening says anything about an aspect. */
export const names = (spec: TighteningSpec, aspect: Lockable): boolean => {
  switch (aspect) {
    case 'required':
      return spec.required === true
    case 'bounds':
      return isBounded(spec)
    case 'options':
      return (
        spec.without.length + (spec.withoutGroups?.length ?? 0) > 0 ||
        spec.options.some(({ retired }) => !retired)
      )
    case 'help':
      return spec.help !== undefined
    case 'order':
      return spec.position !== undefined
  }
}

/**
 * Applies a level's tightening to what it inherits. It never loosens: where the level above is stricter meanwhile, or has
 * locked an aspect, that aspect stays as inherited and is noted as set aside.
 */
export function tighten<Field extends Tightened>(
  field: Field,
  { id, version, spec }: Tightening,
  node: PathNode,
): Field {
  let next: FieldSpec = field.spec
  const setAside: Lockable[] = []
  for (const aspect of LOCKABLE) {
    if (!names(spec, aspect)) continue
    const stricter = lockOn(field, aspect) ? null : APPLY[aspect](next, spec)
    if (stricter === null) setAside.push(aspect)
    else next = stricter
  }
  return {
    ...field,
    spec: next,
    locked: withLocks(field.locked, spec.locks, node),
    touched: [...field.touched, { node, tighteningId: id, version, setAside }],
  }
}

/** Each aspect alone: the stricter question, or null when nothing could be answered any more. */
const APPLY: Readonly<Record<Lockable, (inherited: FieldSpec, spec: TighteningSpec) => FieldSpec | null>> = {
  required: (inherited) => ({ ...inherited, required: true }),
  bounds(inherited, spec) {
    const bounds = strictest(inherited, spec)
    return areCrossed(bounds) ? null : { ...inherited, ...bounds }
  },
  options(inherited, spec) {
    const options = withLocal(inherited.options, spec)
    // Of a list, items may not have been read with it: nothing is known to be wrong.
    return options.length > 0 && options.every(({ retired }) => retired) ? null : { ...inherited, options }
  },
  help: (inherited, spec) => ({ ...inherited, ...(spec.help ? { help: spec.help } : {}) }),
  order: (inherited, spec) => ({ ...inherited, position: spec.position ?? inherited.position }),
}

/**
 * Fewer answers, and the level's own behind the one each is counted as: offered as long as that one is inherited, even
 * where it is left out for them.
 */
function withLocal(inherited: readonly FieldOption[], spec: TighteningSpec): FieldOption[] {
  const offered = new Set(inherited.filter(({ retired }) => !retired).map(({ id }) => id))
  const own = spec.options.filter(({ retired, countsAs }) => !retired && offered.has(countsAs))
  const ids = new Set(own.map(({ id }) => id))
  const without = new Set(spec.without)
  const groups = new Set(spec.withoutGroups)
  return inherited
    .filter(({ id }) => !ids.has(id))
    .flatMap((option) => [
      without.has(option.id) || (option.item && groups.has(option.item.group ?? ''))
        ? { ...option, retired: true }
        : option,
      ...own.filter(({ countsAs }) => countsAs === option.id),
    ])
}
