import type { Tightening, TighteningSpec } from '@fieldback/domain/field/field-spec'
import { localOptionId } from '@fieldback/domain/field/local-option-id'
import type { Lockable } from '@fieldback/domain/field/lockable'
import { planTightening } from '@fieldback/domain/field/plan-tightening'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { boundsOf, withoutBounds } from '@fieldback/domain/field/said-bounds'
import { lockOn, names } from '@fieldback/domain/field/tighten'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { boundOf, type DayBoundDraft, draftBound } from './day-bound-draft.ts'
import { figure, localised, type Words, wordsOf } from './draft.ts'

/** An answer of one's own; `key` names it on the screen, `id` is its own once it has been published. */
export type OwnOption = Words & {
  readonly key: string
  readonly id: string | null
  readonly countsAs: string
}

/** What a level says of an inherited question, as it is being written: every text as typed, nothing judged. */
export type TighteningDraft = {
  /** The level's own version that was seen; null when there was none. */
  readonly base: number | null
  readonly required: boolean
  readonly min: string
  readonly max: string
  readonly earliest: DayBoundDraft
  readonly latest: DayBoundDraft
  readonly without: readonly string[]
  readonly withoutGroups: readonly string[]
  readonly options: readonly OwnOption[]
  readonly help: Words
  readonly position: number | null
  readonly locks: readonly Lockable[]
}

/** A part of the editor: the draft, and the way to write in it. */
export type TighteningInput = {
  readonly draft: TighteningDraft
  readonly change: (patch: Partial<TighteningDraft>) => void
}

/** What a draft is written on. */
export type Ground = {
  readonly territoryId: string
  /** The question as it comes from above. */
  readonly inherited: EffectiveField
  /** What the level says of it so far. */
  readonly own: Tightening | null
}

export const NOTHING_SAID: TighteningSpec = { without: [], options: [], locks: [] }

/** What is in force, to be written anew as the next version. */
export function draftOf(own: Tightening | null): TighteningDraft {
  const spec = own?.spec
  return {
    base: own?.version ?? null,
    required: spec?.required === true,
    min: spec?.min === undefined ? '' : String(spec.min),
    max: spec?.max === undefined ? '' : String(spec.max),
    earliest: draftBound(spec?.earliest),
    latest: draftBound(spec?.latest),
    without: spec?.without ?? [],
    withoutGroups: spec?.withoutGroups ?? [],
    options: (spec?.options ?? [])
      .filter(({ retired }) => !retired)
      .map(({ id, label, countsAs }) => ({ key: id, id, countsAs, ...wordsOf(label) })),
    help: wordsOf(spec?.help),
    position: spec?.position ?? null,
    locks: spec?.locks ?? [],
  }
}

/** What the draft says. Of an aspect that a level above locks, what the level had said before stays said. */
export function specOf(draft: TighteningDraft, ground: Ground): TighteningSpec {
  const before = draftOf(ground.own)
  const from = (aspect: Lockable) => (lockOn(ground.inherited, aspect) ? before : draft)
  const { min, max, earliest, latest } = from('bounds')
  const { help } = from('help')
  const { position } = from('order')
  const { without, withoutGroups, options } = from('options')
  return {
    ...(from('required').required ? { required: true as const } : {}),
    ...boundsOf({
      min: figure(min),
      max: figure(max),
      earliest: boundOf(earliest),
      latest: boundOf(latest),
    }),
    without: [...without],
    ...(withoutGroups.length > 0 ? { withoutGroups: [...withoutGroups] } : {}),
    options: written(options, ground),
    ...(help.fr.trim() === '' ? {} : { help: localised(help) }),
    ...(position === null ? {} : { position }),
    locks: [...draft.locks],
  }
}

/** Answers with words. Ids never change once published; a new one is no other's of the whole question. */
function written(options: readonly OwnOption[], { territoryId, inherited, own }: Ground) {
  const known = [...inherited.spec.options, ...(own?.spec.options ?? [])].map(({ id }) => id)
  const taken = new Set([...known, ...options.flatMap(({ id }) => id ?? [])])
  return options
    .filter(({ fr }) => fr.trim() !== '')
    .map((option) => {
      const id = option.id ?? localOptionId(option.fr, territoryId, taken)
      taken.add(id)
      return { id, label: localised(option), countsAs: option.countsAs }
    })
}

/** A draft that says what is in force already. */
export const isSame = (draft: TighteningDraft, ground: Ground): boolean =>
  JSON.stringify(specOf(draft, ground)) === JSON.stringify(specOf(draftOf(ground.own), ground))

/** Whether anything is said at all. */
export const saysSomething = (spec: TighteningSpec): boolean =>
  spec.locks.length > 0 ||
  (['required', 'bounds', 'options', 'help', 'order'] as const).some((aspect) => names(spec, aspect))

/**
 * What the level says, to be said again once all of it was taken back: what a lock or a stricter level above has
 * overtaken since stays out.
 */
export function saidAgain(
  territory: PathNode,
  ground: Ground & { readonly own: Tightening },
): TighteningSpec {
  const { inherited, own } = ground
  const spec = specOf(draftOf(own), { ...ground, own: null })
  const unbound = withoutBounds(spec)
  const bare = ({ withoutGroups: _, ...one }: TighteningSpec) => ({ ...one, without: [], options: [] })
  const options = own.spec.options.map((option) => ({ ...option, retired: true }))
  const previous = { ...own, spec: { ...NOTHING_SAID, options } }
  const possible = [spec, unbound, bare(spec)].find(
    (one) => planTightening({ inherited, territory, previous, spec: one }).ok,
  )
  return possible ?? bare(unbound)
}

export type BoundFault = 'unreadable' | 'outside' | 'crossed'

/**
 * What is wrong with a bound as it is typed; null when nothing is. One that was published and that a level above has
 * overtaken since is without effect, and not wrong.
 */
export function boundFault(at: 'min' | 'max', draft: TighteningDraft, ground: Ground): BoundFault | null {
  const { inherited, own } = ground
  const typed = figure(draft[at])
  if (typed === undefined) return draft[at].trim() === '' ? null : 'unreadable'
  if (lockOn(inherited, 'bounds') || isSaid(draft, own)) return null
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = inherited.spec
  if (typed < min || typed > max) return 'outside'
  const other = at === 'min' ? (figure(draft.max) ?? max) : (figure(draft.min) ?? min)
  return (at === 'min' ? typed < other : typed > other) ? null : 'crossed'
}

const isSaid = (draft: TighteningDraft, own: Tightening | null): boolean =>
  own !== null && figure(draft.min) === own.spec.min && figure(draft.max) === own.spec.max
