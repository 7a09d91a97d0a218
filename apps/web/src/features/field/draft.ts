import { isText } from '@fieldback/domain/field/answer'
import type { Bounds } from '@fieldback/domain/field/bounds'
import type { Currency } from '@fieldback/domain/field/currency'
import type {
  FieldDefinition,
  FieldEntity,
  FieldOption,
  FieldSpec,
  FieldType,
  Giveback,
  GivebackKind,
  Localised,
} from '@fieldback/domain/field/field-spec'
import type { Lockable } from '@fieldback/domain/field/lockable'
import {
  boundsOfType,
  hasUnit,
  isChoice,
  isDated,
  isListReference,
  isOwners,
  keyOf,
} from '@fieldback/domain/field/plan-publish'
import { SCALE_USUAL } from '@fieldback/domain/field/types/number'
import { photosOf } from '@fieldback/domain/field/types/photo'
import { conditionOf, type DraftCondition, draftCondition } from './condition-draft.ts'
import { boundOf, type DayBoundDraft, draftBound, isHalfSaid, NO_BOUND } from './day-bound-draft.ts'

/** A text being written; English is optional. */
export type Words = { readonly fr: string; readonly en: string }
/** `key` names it on the screen; `id` is its own once it has been published. */
export type DraftOption = Words & { readonly key: string; readonly id: string | null }

/** A question as it is being written: every text as typed, nothing judged. */
export type Draft = {
  readonly label: Words
  readonly why: Words
  /** Optional: a line under the question. */
  readonly help: Words
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly options: readonly DraftOption[]
  readonly unit: string
  readonly currency: Currency
  /** Of an item of a list: which list; null until it is chosen. */
  readonly list: string | null
  readonly multiple: boolean
  /** Of a rating, its best note. */
  readonly scale: number
  /** How many photos at most. */
  readonly photos: number
  readonly min: string
  readonly max: string
  readonly earliest: DayBoundDraft
  readonly latest: DayBoundDraft
  readonly required: boolean
  /** Of a text: the levels above may read it too. */
  readonly shared: boolean
  readonly shownIf: DraftCondition | null
  readonly requiredIf: DraftCondition | null
  /** As it is kept: questions by their ids, those that name nothing as they are written. */
  readonly formula: string
  readonly decimals: number
  /** What no level below may change. */
  readonly locks: readonly Lockable[]
  readonly staleAfterDays: number | null
  readonly position: number
  readonly returns: readonly GivebackKind[]
  readonly segment: Words
  /** Keys of options, ids of items, or "true" and "false". */
  readonly segmentOptions: readonly string[]
  readonly reminder: Words
  readonly reminderDays: number
  /** Days between two visits, by the answer that asks for them; the others leave the rhythm as it is. */
  readonly visits: Visits
  /** What a published question has and this screen does not change. */
  readonly kept: {
    readonly reportable: boolean
    /** Returns beyond the first of each kind. */
    readonly givebacks: readonly Giveback[]
  } | null
}

/** By the key of an option, or "true" and "false". */
export type Visits = Readonly<Record<string, number>>

/** A part of the builder: the draft, and the way to write in it. */
export type BlockInput = {
  readonly draft: Draft
  readonly change: (patch: Partial<Draft>) => void
}

const NO_WORDS: Words = { fr: '', en: '' }
/** One is seldom enough to tell what a place looks like. */
const PHOTOS_USUAL = 3

export const emptyDraft: Draft = {
  label: NO_WORDS,
  why: NO_WORDS,
  help: NO_WORDS,
  entity: 'report',
  type: 'single_choice',
  options: [
    { key: 'a', id: null, ...NO_WORDS },
    { key: 'b', id: null, ...NO_WORDS },
  ],
  unit: '',
  currency: 'EUR',
  list: null,
  multiple: false,
  scale: SCALE_USUAL,
  photos: PHOTOS_USUAL,
  min: '',
  max: '',
  earliest: NO_BOUND,
  latest: NO_BOUND,
  required: false,
  shared: false,
  shownIf: null,
  requiredIf: null,
  formula: '',
  decimals: 2,
  locks: [],
  staleAfterDays: null,
  position: 0,
  returns: [],
  segment: NO_WORDS,
  segmentOptions: [],
  reminder: NO_WORDS,
  reminderDays: 30,
  visits: {},
  kept: null,
}

export const wordsOf = (text: Localised | undefined): Words => ({ fr: text?.fr ?? '', en: text?.en ?? '' })

/** What is in force, to be written anew as the next version. */
export function draftOf({ entity, spec }: Pick<FieldDefinition, 'entity' | 'spec'>): Draft {
  const segment = spec.givebacks.find((giveback) => giveback.kind === 'segment')
  const reminder = spec.givebacks.find((giveback) => giveback.kind === 'reminder')
  const priority = spec.givebacks.find((giveback) => giveback.kind === 'priority')
  return {
    label: wordsOf(spec.label),
    why: wordsOf(spec.why),
    help: wordsOf(spec.help),
    entity,
    type: spec.type,
    options: spec.options
      .filter((option) => !option.retired && isOwners(option))
      .map((option) => ({ key: option.id, id: option.id, ...wordsOf(option.label) })),
    unit: spec.unit ?? '',
    currency: spec.currency ?? emptyDraft.currency,
    list: spec.list ?? null,
    multiple: spec.multiple ?? false,
    scale: spec.type === 'rating' ? (spec.max ?? SCALE_USUAL) : SCALE_USUAL,
    photos: spec.type === 'photo' ? photosOf(spec) : PHOTOS_USUAL,
    min: spec.min === undefined ? '' : String(spec.min),
    max: spec.max === undefined ? '' : String(spec.max),
    earliest: draftBound(spec.earliest),
    latest: draftBound(spec.latest),
    required: spec.required,
    shared: spec.shared,
    shownIf: draftCondition(spec.shownIf),
    requiredIf: draftCondition(spec.requiredIf),
    formula: spec.formula ?? '',
    decimals: spec.decimals ?? 2,
    locks: spec.locks ?? [],
    staleAfterDays: spec.staleAfterDays ?? null,
    position: spec.position,
    returns: [...new Set(spec.givebacks.map((giveback) => giveback.kind))],
    segment: wordsOf(segment?.label),
    segmentOptions: segment?.options ?? [],
    reminder: wordsOf(reminder?.label),
    reminderDays: reminder?.daysBefore ?? 30,
    visits: Object.fromEntries((priority?.visits ?? []).map(({ option, everyDays }) => [option, everyDays])),
    kept: {
      reportable: spec.reportable,
      givebacks: spec.givebacks.filter(
        ({ kind }, at) => spec.givebacks.findIndex((first) => first.kind === kind) < at,
      ),
    },
  }
}

/**
 * A question of reports as one of accounts, asked again in a report when its answer is older than so many days: the way to
 * ask less often. What it hung on in a report is not there on an account.
 */
export const accountDraftOf = (question: FieldDefinition, staleAfterDays: number): Draft => ({
  ...draftOf(question),
  entity: 'account',
  staleAfterDays,
  shownIf: null,
  requiredIf: null,
  locks: [],
  position: 0,
})

export const localised = ({ fr, en }: Words): Localised => ({
  fr: fr.trim(),
  ...(en.trim() ? { en: en.trim() } : {}),
})

export const figure = (typed: string): number | undefined => {
  const value = Number(typed.replace(/\s/g, '').replace(',', '.'))
  return typed.trim() === '' || !Number.isFinite(value) ? undefined : value
}

const writtenOptions = ({ options }: Draft): DraftOption[] =>
  options.filter((option) => option.fr.trim() !== '')

/** Ids never change once published; a new one is made of its words, then of a number when these are taken. */
function optionsOf(draft: Draft): (FieldOption & { key: string })[] {
  const written = writtenOptions(draft)
  const taken = new Set(['unknown', ...written.flatMap((option) => option.id ?? [])])
  return written.map((option) => {
    const id = option.id ?? freeId(option.fr, taken)
    taken.add(id)
    return { key: option.key, id, label: localised(option) }
  })
}

function freeId(words: string, taken: ReadonlySet<string>): string {
  const base = keyOf(words)
    .replace(/[^a-z0-9_]/g, '')
    .replace(/^_+/, '')
    .slice(0, 36)
  for (let n = base === '' ? 2 : 1; ; n++) {
    const id = n === 1 ? base : `${base || 'o'}_${n}`
    if (!taken.has(id)) return id
  }
}

function saidBounds(draft: Draft): Bounds {
  if (draft.type === 'rating') return { min: 1, max: draft.scale }
  if (draft.type === 'photo') return { max: draft.photos }
  return boundsOfType(draft, {
    min: figure(draft.min),
    max: figure(draft.max),
    earliest: boundOf(draft.earliest),
    latest: boundOf(draft.latest),
  })
}

/** Ids of items are those of rows; keys of options are words. */
const ITEM = /^[0-9a-f-]{36}$/

/** The question that the draft makes, whether or not it may be published yet. Without its words, label and why are empty. */
export function specOf(draft: Draft): FieldSpec {
  const options = isChoice(draft) ? optionsOf(draft) : []
  const ids = new Map(options.map(({ key, id }) => [key, id]))
  const unit = draft.unit.trim()
  const computed = draft.type === 'computed'
  const required = draft.required && !computed
  const shownIf = conditionOf(draft.shownIf)
  const requiredIf = required || computed ? undefined : conditionOf(draft.requiredIf)
  const base: Omit<FieldSpec, 'givebacks'> = {
    label: localised(draft.label),
    ...(draft.help.fr.trim() ? { help: localised(draft.help) } : {}),
    why: localised(draft.why),
    type: draft.type,
    options: options.map(({ id, label }) => ({ id, label })),
    ...(hasUnit(draft) && unit ? { unit } : {}),
    ...(draft.type === 'money' ? { currency: draft.currency } : {}),
    ...(isListReference(draft) && draft.list ? { list: draft.list } : {}),
    ...(isListReference(draft) && draft.multiple ? { multiple: true } : {}),
    ...saidBounds(draft),
    required,
    ...(shownIf ? { shownIf } : {}),
    ...(requiredIf ? { requiredIf } : {}),
    ...(computed ? { formula: draft.formula, decimals: draft.decimals } : {}),
    reportable: true,
    ...(draft.entity === 'report' || draft.staleAfterDays === null
      ? {}
      : { staleAfterDays: draft.staleAfterDays }),
    position: draft.position,
    shared: draft.shared,
    ...(draft.locks.length > 0 ? { locks: [...draft.locks] } : {}),
  }
  const spec = { ...base, givebacks: [] }
  const others = (draft.kept?.givebacks ?? []).filter(({ kind }) => draft.returns.includes(kind))
  const items = isListReference(draft) ? draft.segmentOptions.filter((key) => ITEM.test(key)) : []
  const chosen = draft.segmentOptions.flatMap(
    (key) => ids.get(key) ?? (draft.type === 'yes_no' || items.includes(key) ? key : []),
  )
  // Which items make a list is for its writer to say: there is no first one among thousands.
  const returns = draft.returns.filter(
    (kind) => kind !== 'segment' || !isListReference(draft) || items.length > 0,
  )
  return {
    ...base,
    reportable: draft.kept?.reportable ?? !isText(spec),
    givebacks: [...returns.map(first), ...others],
  }

  function visitsOf() {
    const said = Object.entries(visitsSaid(draft)).flatMap(([key, everyDays]) => {
      const option = draft.type === 'yes_no' ? key : ids.get(key)
      return option === undefined ? [] : [{ option, everyDays }]
    })
    return said.length > 0
      ? said
      : firstAnswer(spec).map((option) => ({ option, everyDays: VISIT_DAYS_USUAL }))
  }

  function first(kind: GivebackKind): Giveback {
    if (kind === 'segment')
      return {
        kind,
        label: named(draft.segment, draft),
        options: chosen.length > 0 ? chosen : firstAnswer(spec),
      }
    if (kind === 'reminder')
      return { kind, label: named(draft.reminder, draft), daysBefore: draft.reminderDays }
    if (kind === 'priority') return { kind, visits: visitsOf() }
    return { kind }
  }
}

/** Once a month, until somebody says otherwise. */
const VISIT_DAYS_USUAL = 30

/** What is said of answers that are there; before anything is said, the first one asks for a visit a month. */
export function visitsSaid(draft: Draft): Visits {
  const keys = draft.type === 'yes_no' ? ['true', 'false'] : writtenOptions(draft).map(({ key }) => key)
  const said = keys.flatMap((key) => {
    const days = draft.visits[key]
    return days === undefined ? [] : [[key, days] as const]
  })
  return Object.fromEntries(said.length > 0 ? said : keys.slice(0, 1).map((key) => [key, VISIT_DAYS_USUAL]))
}

/** A return without a name of its own bears the question's. */
const named = (words: Words, { label }: Draft): Localised => localised(words.fr.trim() === '' ? label : words)

const firstAnswer = (spec: FieldSpec): string[] =>
  spec.type === 'yes_no' ? ['true'] : spec.options.slice(0, 1).map((option) => option.id)

export type Missing = 'label' | 'days' | 'why' | 'options' | 'returns'

/** What the writer has yet to say, in the order of the page; null when the rest is for the server to judge. */
export function missingOf(draft: Draft): Missing | null {
  if (draft.label.fr.trim() === '') return 'label'
  if (isDated(draft) && [draft.earliest, draft.latest].some(isHalfSaid)) return 'days'
  if (draft.why.fr.trim() === '') return 'why'
  if (isChoice(draft) && optionsOf(draft).length < 2) return 'options'
  return draft.returns.length === 0 ? 'returns' : null
}
