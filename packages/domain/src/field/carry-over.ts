import { type Bounds, isBounded, strictest } from './bounds.ts'
import type { FieldDefinition, FieldSpec, TighteningSpec } from './field-spec.ts'
import { LOCKABLE, type Lockable } from './lockable.ts'
import { answerIds, isNamed, withLocalAnswers } from './merge-map.ts'
import type { AnswerMap } from './merges.ts'
import { boundsFault, isListReference } from './plan-publish.ts'
import { boundsOf, narrowing } from './said-bounds.ts'

/** What a level made of a question goes on with the one that replaces it, as a tightening of that one. */
export type Carried = { readonly territoryId: string; readonly spec: TighteningSpec }

/** What a level had made stricter and the new question leaves open there. */
export type Loosened = { readonly territoryId: string; readonly aspect: Lockable }

export type CarryOver = {
  readonly carried: readonly Carried[]
  readonly loosened: readonly Loosened[]
  /** With the answers of levels below. */
  readonly map: AnswerMap | null
}

const NOTHING: TighteningSpec = { without: [], options: [], locks: [] }

/**
 * How strict the branches of a question stay once another is asked instead: what its owner (`owner`, where the new one
 * has another) and the levels below asked is said again of the new one, at the same places. What the new question
 * locks, or cannot express, is listed.
 */
export function carryOver(
  from: FieldDefinition,
  to: FieldSpec,
  { map, owner }: { readonly map: AnswerMap | null; readonly owner: boolean },
): CarryOver {
  const taken = new Set(to.options.map(({ id }) => id))
  const loosened: Loosened[] = []
  const kept = new Set<string>()
  const carried: Carried[] = []
  const carry = (territoryId: string, wanted: TighteningSpec): void => {
    const { spec, lost } = open(wanted, to)
    for (const aspect of lost) loosened.push({ territoryId, aspect })
    for (const { id } of spec.options) kept.add(id)
    if (JSON.stringify(spec) !== JSON.stringify(NOTHING)) carried.push({ territoryId, spec })
  }
  if (owner) carry(from.territoryId, ofOwner(from.spec, to))
  for (const { territoryId, spec } of from.tightenings ?? []) {
    if (map === null || !isNamed(to)) {
      carry(territoryId, { ...stricter(spec, to), ...itemsLeft(spec), options: [] })
      continue
    }
    const without = leftOut(from.spec, spec.without, map)
    const options = spec.options.flatMap((option) => {
      const countsAs = map[option.countsAs] ?? null
      return option.retired || countsAs === null || taken.has(option.id) ? [] : [{ ...option, countsAs }]
    })
    if (spec.without.some((id) => map[id] && !without.includes(map[id])))
      loosened.push({ territoryId, aspect: 'options' })
    carry(territoryId, { ...stricter(spec, to), without, options })
  }
  return { carried, loosened, map: map && withLocalAnswers(from.spec, ownAnswers(from.spec, map), kept) }
}

const ownAnswers = (from: FieldSpec, map: AnswerMap): AnswerMap =>
  Object.fromEntries(answerIds(from).map((id) => [id, map[id] ?? null]))

/** What an owner asked more of than the new question does. */
const ofOwner = (from: FieldSpec, to: FieldSpec): TighteningSpec => ({
  ...stricter(
    {
      ...(from.required ? { required: true as const } : {}),
      ...boundsOf(from),
      ...(from.help ? { help: from.help } : {}),
    },
    to,
  ),
  without: [],
  options: [],
  locks: [...(from.locks ?? [])],
})

type Said = Pick<TighteningSpec, 'required' | 'help'> & Bounds & { readonly locks?: TighteningSpec['locks'] }

const stricter = ({ required, help, locks, ...bounds }: Said, to: FieldSpec) => ({
  ...(required && !to.required ? { required } : {}),
  ...narrowing(to, boundsOf(bounds)),
  ...(help && JSON.stringify(help) !== JSON.stringify(to.help) ? { help } : {}),
  locks: [...(locks ?? [])],
})

/** Of a list, what a level leaves out of it: a question is only read as another of the same list. */
const itemsLeft = ({ without, withoutGroups }: TighteningSpec) => ({
  without,
  ...(withoutGroups ? { withoutGroups } : {}),
})

/** New answers of which a branch offered none of the old ones. */
function leftOut(from: FieldSpec, without: readonly string[], map: AnswerMap): string[] {
  const offered = answerIds(from).filter(
    (id) => !from.options.some((option) => option.id === id && option.retired),
  )
  const open = new Set(offered.filter((id) => !without.includes(id)).map((id) => map[id]))
  return [...new Set(without.flatMap((id) => map[id] ?? []))].filter((id) => !open.has(id))
}

/** Without what the new question locks, or could not be answered with any more. Help and locks that are lost loosen nothing. */
function open(spec: TighteningSpec, to: FieldSpec) {
  const { required, help, without: left, withoutGroups, options, locks } = spec
  const bounds = boundsOf(spec)
  const closed = new Set<Lockable>(to.locks)
  if (isBounded(bounds) && boundsFault(strictest(to, bounds))) closed.add('bounds')
  const without = new Set(left)
  const offered = to.options.filter(({ id, retired }) => !retired && !without.has(id))
  if (without.size > 0 && !isListReference(to) && offered.length + options.length === 0) closed.add('options')
  const asks: Partial<Record<Lockable, boolean>> = {
    required: required === true,
    bounds: isBounded(bounds),
    options: without.size > 0 || withoutGroups !== undefined,
  }
  const kept: TighteningSpec = {
    ...(required && !closed.has('required') ? { required } : {}),
    ...(closed.has('bounds') ? {} : bounds),
    ...(help && !closed.has('help') ? { help } : {}),
    without: closed.has('options') ? [] : left,
    ...(withoutGroups && !closed.has('options') ? { withoutGroups } : {}),
    options: closed.has('options') ? [] : options,
    locks,
  }
  return { spec: kept, lost: LOCKABLE.filter((aspect) => closed.has(aspect) && asks[aspect]) }
}
