import { nameKey } from '../account/normalise.ts'
import { UNKNOWN } from '../analytics/bucket.ts'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { type BranchFacts, checkGiveback } from '../giveback/check-giveback.ts'
import { isText } from './answer.ts'
import { areCrossed, type Bounds } from './bounds.ts'
import type { FieldDefinition, FieldEntity, FieldOption, FieldSpec } from './field-spec.ts'
import { NO_REFERENCES, type References, referencesFault } from './plan-references.ts'
import { boundsOf, withoutBounds } from './said-bounds.ts'
import { freeSlot } from './slots.ts'
import { SCALE_LEAST, SCALE_MOST, SCALE_USUAL } from './types/number.ts'
import { isPhotoCount, PHOTOS_MOST } from './types/photo.ts'

/** A question that already bears a key and words on the path above a territory, there, or in the branch below. */
export type KeyHolder = {
  readonly fieldId: string
  readonly key: string
  /** In French, at the version in force. */
  readonly label: string
  readonly retired: boolean
  readonly territoryId: string
  readonly territoryName: string
}

export type PublishInput = {
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly spec: FieldSpec
  /** The version in force when the question exists already; null for a new one. */
  readonly previous: FieldDefinition | null
  /** Of a new question that was exported; made of its label otherwise. */
  readonly key?: string
  /** Same entity: above, there and below. */
  readonly holders: readonly KeyHolder[]
  /** Typed columns in use by any question of the entity, and by those on overlapping branches. */
  readonly slots: { readonly anywhere: ReadonlySet<string>; readonly overlapping: ReadonlySet<string> }
  readonly facts: BranchFacts
  /** Of a list reference: the items that the list it names offers at the territory; absent where no list of the path is named. */
  readonly items?: readonly FieldOption[]
  /** What it may hang on; not looked at for a question that hangs on nothing. */
  readonly references?: References
}

export type PublishPlan =
  | {
      readonly ok: true
      readonly key: string
      readonly version: number
      readonly slot: string | null
      readonly spec: FieldSpec
    }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

const CHOICES = new Set(['single_choice', 'multiple_choice'])
const NUMBERS = new Set(['integer', 'decimal', 'money', 'duration', 'rating'])
const DATES = new Set(['date', 'date_time'])
const WITH_UNIT = new Set(['integer', 'decimal', 'computed'])
export const isChoice = (spec: Pick<FieldSpec, 'type'>): boolean => CHOICES.has(spec.type)
export const isListReference = (spec: Pick<FieldSpec, 'type'>): boolean => spec.type === 'list_reference'
export const isNumber = (spec: Pick<FieldSpec, 'type'>): boolean => NUMBERS.has(spec.type)
export const isDated = (spec: Pick<FieldSpec, 'type'>): boolean => DATES.has(spec.type)
/** Its answers go no further than bounds, which a level below may narrow. */
export const hasBounds = (spec: Pick<FieldSpec, 'type'>): boolean => isNumber(spec) || isDated(spec)
export const hasUnit = (spec: Pick<FieldSpec, 'type'>): boolean => WITH_UNIT.has(spec.type)

/** A key made of a label: "Quel pétrin utilise-t-il ?" is quel_petrin_utilise_t_il. */
export const keyOf = (label: string): string =>
  nameKey(label).replaceAll(' ', '_').slice(0, 40).replace(/_+$/, '') || 'question'

/** Not an answer that a level below added for itself, nor an item of a list. */
export const isOwners = (option: FieldOption): boolean => option.countsAs === undefined && !option.item

/** Drops what does not go with the type and the entity, so that a stored version says only what holds. */
export function tidySpec(entity: FieldEntity, spec: FieldSpec): FieldSpec {
  const { unit, currency, staleAfterDays, requiredIf, formula, decimals, list, multiple, ...rest } =
    withoutBounds(spec)
  const computed = spec.type === 'computed'
  const required = spec.required && !computed
  return {
    ...rest,
    required,
    ...(requiredIf && !required && !computed ? { requiredIf } : {}),
    ...(computed && formula !== undefined ? { formula } : {}),
    ...(computed && decimals !== undefined ? { decimals } : {}),
    options: isChoice(spec) ? spec.options.filter(isOwners) : [],
    ...(hasUnit(spec) && unit ? { unit } : {}),
    ...(spec.type === 'money' && currency ? { currency } : {}),
    ...(isListReference(spec) && list ? { list } : {}),
    ...(isListReference(spec) && multiple ? { multiple } : {}),
    ...ownerBounds(spec),
    ...(entity !== 'report' && staleAfterDays !== undefined ? { staleAfterDays } : {}),
    reportable: spec.reportable && !isText(spec),
    shared: spec.shared && isText(spec),
  }
}

/** A scale begins at one and says where it ends, so that its answers are read alike whatever is usual later. */
function ownerBounds(spec: FieldSpec): Bounds {
  if (spec.type === 'rating') return { min: 1, max: spec.max ?? SCALE_USUAL }
  if (spec.type === 'photo') return { max: spec.max ?? 1 }
  return boundsOfType(spec, spec)
}

/** Of what is said of bounds, what goes with a type. */
export const boundsOfType = (spec: Pick<FieldSpec, 'type'>, { min, max, earliest, latest }: Bounds): Bounds =>
  boundsOf(isNumber(spec) ? { min, max } : isDated(spec) ? { earliest, latest } : {})

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/** What is wrong with a question whatever its branch; null when nothing is. */
export function specFault(spec: FieldSpec): Fault | null {
  if (isChoice(spec)) {
    if (spec.options.filter((option) => !option.retired).length < 2)
      return { code: 'FIELD_OPTIONS_REQUIRED', params: { need: 2 } }
    const twice = firstTwice(spec.options)
    if (twice !== null) return { code: 'FIELD_OPTION_TWICE', params: { option: twice } }
  }
  if (isListReference(spec) && !spec.list) return { code: 'FIELD_LIST_REQUIRED', params: {} }
  if (spec.type === 'money' && !spec.currency) return { code: 'FIELD_CURRENCY_REQUIRED', params: {} }
  if (spec.type === 'rating' && !isScale(spec.max))
    return { code: 'FIELD_SCALE', params: { least: SCALE_LEAST, most: SCALE_MOST } }
  if (spec.type === 'photo' && !isPhotoCount(spec.max))
    return { code: 'FIELD_PHOTOS', params: { least: 1, most: PHOTOS_MOST } }
  return boundsFault(spec)
}

/** Bounds that leave nothing to answer; of numbers, not even a choice. */
export function boundsFault(bounds: Bounds): Fault | null {
  const { min, max } = bounds
  if (min !== undefined && max !== undefined && min >= max)
    return { code: 'FIELD_BOUNDS', params: { min, max } }
  return areCrossed(bounds) ? { code: 'FIELD_DAYS_CROSSED', params: {} } : null
}

const isScale = (max: number | undefined): boolean =>
  max !== undefined && Number.isInteger(max) && max >= SCALE_LEAST && max <= SCALE_MOST

/** The first option whose id, or whose words among those offered, come twice. "unknown" is kept for "I do not know". */
function firstTwice(options: readonly FieldOption[]): string | null {
  const seen = new Set<string>([UNKNOWN])
  for (const option of options) {
    const words = option.retired ? [] : [`fr:${nameKey(option.label.fr)}`]
    for (const mark of [option.id, ...words]) {
      if (seen.has(mark)) return option.label.fr
      seen.add(mark)
    }
  }
  return null
}

/**
 * Decides a publication, touching nothing. A question gives something back or it is not asked: at least one return must
 * work. A new version keeps the type, what it counts, and every option ever offered.
 * FIELD_LIST_REQUIRED, FIELD_LIST_UNKNOWN, FIELD_LIST_EMPTY,
 * FIELD_PHOTOS, FIELD_PHOTO_OF_REPORT, FIELD_OPTIONS_REQUIRED, FIELD_OPTION_TWICE, FIELD_CURRENCY_REQUIRED, FIELD_SCALE, FIELD_BOUNDS,
 * FIELD_DAYS_CROSSED, FIELD_TYPE_FIXED,
 * FIELD_KEY_TAKEN, CONFLICT (retired), GIVEBACK_MISSING, GIVEBACK_NOT_WORKING {kind, reason, ...}, and those of referencesFault.
 */
export function planPublication(input: PublishInput): PublishPlan {
  const { previous, entity } = input
  const spec = tidySpec(entity, input.spec)
  const next = previous ? { ...spec, options: keepOptions(previous.spec, spec) } : spec
  const fault =
    specFault(next) ??
    versionFault(previous, input, next) ??
    listFault(next, input.items) ??
    placeFault(entity, next)
  if (fault) return { ok: false, ...fault }
  const wrong = referencesFault(
    { id: previous?.id ?? null, entity, spec: next },
    input.references ?? NO_REFERENCES,
  )
  if (wrong) return { ok: false, ...wrong }
  const taken = wordsTaken(input)
  if (taken) return { ok: false, ...taken }
  const key = previous ? previous.key : freeKey(input)
  const refusal = givebackFault({ ...input, spec: withItems(next, input.items) })
  if (refusal) return { ok: false, ...refusal }
  return {
    ok: true,
    key,
    version: (previous?.version ?? 0) + 1,
    slot: previous
      ? previous.slot
      : (freeSlot(entity, next, input.slots.anywhere) ?? freeSlot(entity, next, input.slots.overlapping)),
    spec: next,
  }
}

/** A question with the items that it is answered with, as returns are judged. */
export const withItems = (spec: FieldSpec, items: readonly FieldOption[] = []): FieldSpec =>
  isListReference(spec) ? { ...spec, options: [...items] } : spec

/** A list stands at the territory or above it, and offers something. */
function listFault(spec: FieldSpec, items: readonly FieldOption[] | undefined): Fault | null {
  if (!isListReference(spec)) return null
  if (!items) return { code: 'FIELD_LIST_UNKNOWN', params: {} }
  return items.every(({ retired }) => retired) ? { code: 'FIELD_LIST_EMPTY', params: {} } : null
}

/** A card is changed from many places; what is seen there is shown from the last report. */
const placeFault = (entity: FieldEntity, { type }: FieldSpec): Fault | null =>
  type === 'photo' && entity !== 'report' ? { code: 'FIELD_PHOTO_OF_REPORT', params: {} } : null

/** Options that were offered once stay readable: those left out are retired, never deleted. */
function keepOptions(previous: FieldSpec, next: FieldSpec): FieldOption[] {
  const kept = new Set(next.options.map(({ id }) => id))
  const left = previous.options
    .filter((option) => isOwners(option) && !kept.has(option.id))
    .map((option) => ({ ...option, retired: true }))
  return isChoice(next) ? [...next.options, ...left] : []
}

function versionFault(previous: FieldDefinition | null, input: PublishInput, next: FieldSpec): Fault | null {
  if (!previous) return null
  if (previous.retired) return { code: 'CONFLICT', params: { what: 'field' } }
  const same =
    previous.spec.type === next.type &&
    previous.spec.reportable === next.reportable &&
    previous.spec.currency === next.currency &&
    previous.spec.list === next.list &&
    previous.spec.multiple === next.multiple &&
    (next.type !== 'rating' || previous.spec.max === next.max) &&
    previous.entity === input.entity &&
    previous.territoryId === input.territoryId
  return same ? null : { code: 'FIELD_TYPE_FIXED', params: { type: previous.spec.type } }
}

/** Two live questions of one path never ask under the same words, whatever case, accents and keys. */
function wordsTaken({ spec, previous, holders, key: wished }: PublishInput): Fault | null {
  const key = keyOf(spec.label.fr)
  if (previous && keyOf(previous.spec.label.fr) === key) return null
  const live = holders.find(
    (holder) =>
      !holder.retired && (holder.key === key || holder.key === wished || keyOf(holder.label) === key),
  )
  return live ? { code: 'FIELD_KEY_TAKEN', params: { key, territory: live.territoryName } } : null
}

/** The label's key, numbered when a retired question of the same territory bears it. */
function freeKey({ spec, holders, territoryId, key: wished }: PublishInput): string {
  const key = wished ?? keyOf(spec.label.fr)
  return numberedKey(
    key,
    new Set(holders.filter((h) => h.territoryId === territoryId || !h.retired).map((h) => h.key)),
  )
}

/** A key, numbered from two on when others bear it. */
export function numberedKey(key: string, borne: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? key : `${key.slice(0, 36)}_${n}`
    if (!borne.has(candidate)) return candidate
  }
}

function givebackFault({ entity, spec, facts }: PublishInput): Fault | null {
  if (spec.givebacks.length === 0) return { code: 'GIVEBACK_MISSING', params: {} }
  const verdicts = spec.givebacks.map((giveback) => ({
    giveback,
    verdict: checkGiveback(giveback, { entity, spec }, facts),
  }))
  if (verdicts.some(({ verdict }) => verdict.working)) return null
  const first = verdicts[0]
  if (!first || first.verdict.working) return null
  const { code: reason, params } = first.verdict
  return { code: 'GIVEBACK_NOT_WORKING', params: { ...params, kind: first.giveback.kind, reason } }
}
