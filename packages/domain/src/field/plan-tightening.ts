import { nameKey } from '../account/normalise.ts'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { strictest } from './bounds.ts'
import type { FieldSpec, Tightening, TighteningSpec } from './field-spec.ts'
import { LOCKABLE, type Lockable } from './lockable.ts'
import { boundsFault, boundsOfType, isChoice, isListReference } from './plan-publish.ts'
import type { EffectiveField } from './resolve.ts'
import { areWider, withoutBounds } from './said-bounds.ts'
import { lockOn, names, tighten } from './tighten.ts'

export type TighteningPlan =
  | { readonly ok: true; readonly version: number; readonly spec: TighteningSpec }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

export type TighteningInput = {
  /** The question as the territory inherits it, its own tightening apart. */
  readonly inherited: EffectiveField
  readonly territory: {
    readonly id: string
    readonly name: string
    readonly rank: EffectiveField['owner']['rank']
  }
  readonly previous: Tightening | null
  readonly spec: TighteningSpec
}

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/**
 * Decides what a level makes of a question that it inherits, touching nothing. An empty tightening takes back what the
 * level said before; what it says again as before is not judged again: a lock or a stricter level above set it aside.
 * FIELD_OWN, FIELD_LOCKED {aspect, territory}, FIELD_LOOSER {aspect}, FIELD_BOUNDS, FIELD_DAYS_CROSSED, FIELD_OPTION_TWICE,
 * FIELD_OPTION_UNKNOWN {option}, FIELD_OPTIONS_REQUIRED, FIELD_ITEMS_NONE.
 */
export function planTightening(input: TighteningInput): TighteningPlan {
  const { inherited, territory, previous } = input
  if (inherited.owner.id === territory.id) return { ok: false, code: 'FIELD_OWN', params: {} }
  const tidied = tidy(inherited.spec, input.spec)
  const spec = { ...tidied, options: keepOptions(previous, tidied) }
  const said = LOCKABLE.filter((aspect) => names(spec, aspect) && !isAsBefore(aspect, spec, previous?.spec))
  const fault =
    lockFault(inherited, said) ??
    (said.includes('bounds') ? narrowedFault(inherited.spec, spec) : null) ??
    (said.includes('options') ? optionsFault(input, spec) : null)
  return fault ? { ok: false, ...fault } : { ok: true, version: (previous?.version ?? 0) + 1, spec }
}

/** Drops what does not go with the type of the question. */
function tidy(inherited: FieldSpec, said: TighteningSpec): TighteningSpec {
  const { required, withoutGroups, ...spec } = withoutBounds(said)
  return {
    ...spec,
    // Nobody answers a computed one.
    ...(required && inherited.type !== 'computed' ? { required } : {}),
    ...boundsOfType(inherited, said),
    without: isChoice(inherited) || isListReference(inherited) ? spec.without : [],
    ...(isListReference(inherited) && withoutGroups?.length ? { withoutGroups } : {}),
    options: isChoice(inherited) ? spec.options : [],
  }
}

/** An answer once offered stays readable: what is left out is retired, never deleted. */
function keepOptions(previous: Tightening | null, next: TighteningSpec): TighteningSpec['options'] {
  const kept = new Set(next.options.map(({ id }) => id))
  const left = (previous?.spec.options ?? []).filter(({ id }) => !kept.has(id))
  return [...next.options, ...left.map((option) => ({ ...option, retired: true }))]
}

function lockFault(inherited: EffectiveField, said: readonly Lockable[]): Fault | null {
  const lock = said.map((aspect) => lockOn(inherited, aspect)).find((found) => found !== undefined)
  return lock ? { code: 'FIELD_LOCKED', params: { aspect: lock.aspect, territory: lock.by.name } } : null
}

function isAsBefore(aspect: Lockable, spec: TighteningSpec, before: TighteningSpec | undefined): boolean {
  return (
    before !== undefined && JSON.stringify(wordsOn(aspect, spec)) === JSON.stringify(wordsOn(aspect, before))
  )
}

/** What a tightening says of an aspect, the same however it is ordered. */
function wordsOn(aspect: Lockable, spec: TighteningSpec): unknown {
  if (aspect === 'bounds')
    return [spec.min, spec.max, spec.earliest, spec.latest].map((bound) => bound ?? null)
  if (aspect === 'help') return [spec.help?.fr, spec.help?.en]
  if (aspect !== 'options') return aspect === 'order' ? spec.position : spec.required
  const own = spec.options.filter(({ retired }) => !retired)
  return [
    spec.without.toSorted(),
    (spec.withoutGroups ?? []).toSorted(),
    own.map(({ id, label, countsAs }) => [id, countsAs, label.fr, label.en ?? '']).toSorted(),
  ]
}

const looser = (aspect: Lockable): Fault => ({ code: 'FIELD_LOOSER', params: { aspect } })

const narrowedFault = (inherited: FieldSpec, spec: TighteningSpec): Fault | null =>
  areWider(inherited, spec) ? looser('bounds') : boundsFault(strictest(inherited, spec))

function optionsFault(
  { inherited, territory, previous }: TighteningInput,
  spec: TighteningSpec,
): Fault | null {
  const offered = new Map(inherited.spec.options.filter(({ retired }) => !retired).map((o) => [o.id, o]))
  const own = spec.options.filter(({ retired }) => !retired)
  const unknown = [...spec.without, ...own.map(({ countsAs }) => countsAs)].find((id) => !offered.has(id))
  if (unknown !== undefined) return { code: 'FIELD_OPTION_UNKNOWN', params: { option: unknown } }
  // Of the whole organisation, since an answer keeps its meaning when its account moves; its own of before apart.
  const held = new Set(previous?.spec.options.map(({ id }) => id))
  const borne = new Set(inherited.spec.options.map(({ id }) => id).filter((id) => !held.has(id)))
  const taken = own.find(({ id }, at) => borne.has(id) || own.findIndex((other) => other.id === id) < at)
  if (taken) return { code: 'FIELD_OPTION_TWICE', params: { option: taken.label.fr } }
  const asked = tighten(inherited, { id: '', territoryId: territory.id, version: 0, spec }, territory)
  if (isListReference(inherited.spec))
    return asked.spec.options.every(({ retired }) => retired) ||
      asked.touched.at(-1)?.setAside.includes('options')
      ? { code: 'FIELD_ITEMS_NONE', params: {} }
      : null
  const words = asked.spec.options.filter(({ retired }) => !retired).map(({ label }) => nameKey(label.fr))
  const twice = words.find((word, at) => words.indexOf(word) !== at)
  if (twice !== undefined) return { code: 'FIELD_OPTION_TWICE', params: { option: twice } }
  return words.length < 2 ? { code: 'FIELD_OPTIONS_REQUIRED', params: { need: 2 } } : null
}
