import * as z from 'zod'
import { conditionSchema } from './condition-schema.ts'
import { CURRENCIES } from './currency.ts'
import { LOCKABLE } from './lockable.ts'
import type { Merges } from './merges.ts'

/** The last place in an order of questions. */
export const POSITION_MAX = 10_000

/** A text per language; French is always there. */
export const localised = z.object({
  fr: z.string().trim().min(1).max(300),
  en: z.string().trim().min(1).max(300).optional(),
})
export type Localised = z.infer<typeof localised>

export const FIELD_TYPES = [
  'yes_no',
  'single_choice',
  'multiple_choice',
  'integer',
  'decimal',
  'money',
  'duration',
  'rating',
  'date',
  'date_time',
  'short_text',
  'long_text',
  'phone',
  'email',
  'web_address',
  'postal_address',
  'position',
  'account_reference',
  'contact_reference',
  'list_reference',
  'photo',
  'computed',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export const FIELD_ENTITIES = ['report', 'account', 'contact'] as const
export type FieldEntity = (typeof FIELD_ENTITIES)[number]

export const optionId = z.string().regex(/^(?!unknown$)[a-z0-9][a-z0-9_-]{0,39}$/)

/** A limit of days: a fixed one, or so many days after the visit (before it when negative). */
const dayBound = z
  .object({ day: z.iso.date().optional(), days: z.int().min(-36_500).max(36_500).optional() })
  .refine(({ day, days }) => (day === undefined) !== (days === undefined))
/** Levels that say one kind each leave a question with both. */
export type DayBound = z.infer<typeof dayBound>

/**
 * Option ids never change and are never reused; a retired option stays readable and is no longer offered. "unknown" is
 * taken: "I do not know" is counted under it.
 */
export const fieldOption = z.object({
  id: optionId,
  label: localised,
  retired: z.boolean().optional(),
  /** Of an option that a level below added: the owner's option it is counted as. */
  countsAs: optionId.optional(),
})
/** Of an item of a list among the answers of a question: who keeps it, and what it is found by (list/list.ts). */
export type ItemFacts = {
  readonly territoryId: string
  readonly code: string | null
  readonly group: string | null
}
export type FieldOption = z.infer<typeof fieldOption> & { readonly item?: ItemFacts }

/** No answer asks for more than a visit a week, nor takes an account out of sight for more than a year. */
export const VISIT_DAYS_MIN = 7
export const VISIT_DAYS_MAX = 365

/**
 * What a question gives back to those who fill it.
 * `options` are the answers that count: option ids, or "true"/"false" for yes/no.
 */
export const giveback = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('badge') }),
  z.object({ kind: z.literal('comparison') }),
  z.object({
    kind: z.literal('segment'),
    label: localised,
    options: z.array(z.string().max(40)).min(1).max(50),
  }),
  z.object({ kind: z.literal('reminder'), label: localised, daysBefore: z.int().min(0).max(365) }),
  z.object({ kind: z.literal('trend') }),
  z.object({ kind: z.literal('insight') }),
  z.object({
    kind: z.literal('priority'),
    /** How many days an answer wants between two visits, in the place of the account's own rhythm. */
    visits: z
      .array(
        z.object({ option: z.string().max(40), everyDays: z.int().min(VISIT_DAYS_MIN).max(VISIT_DAYS_MAX) }),
      )
      .min(1)
      .max(50),
  }),
])
export type Giveback = z.infer<typeof giveback>
export const GIVEBACK_KINDS = giveback.options.map(({ shape }) => shape.kind.value)
export type GivebackKind = Giveback['kind']

export const fieldSpec = z.object({
  label: localised,
  help: localised.optional(),
  /** Why the owner asks, in the rep's words. */
  why: localised,
  type: z.enum(FIELD_TYPES),
  options: z.array(fieldOption).max(200).default([]),
  unit: z.string().trim().max(20).optional(),
  /** Of money: one a question, so that amounts can be added and compared. */
  currency: z.enum(CURRENCIES).optional(),
  /** Of a duration, in minutes; of a rating, the ends of its scale; of photos, `max`: how many at most. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Of a date, with or without its hour. */
  earliest: dayBound.optional(),
  latest: dayBound.optional(),
  /** Of a list reference: the list, whose items every reader of the question finds among its options. */
  list: z.uuid().optional(),
  /** Of a list reference: several items may be named. */
  multiple: z.boolean().optional(),
  required: z.boolean().default(false),
  /** Filtered and grouped on: feeds roll-ups and typed columns. Free text never is. */
  reportable: z.boolean().default(false),
  /** Account and contact fields: asked again in a report when the answer is older than this. */
  staleAfterDays: z.int().min(1).max(3650).optional(),
  /** Order among the fields of the same owner. */
  position: z.int().min(0).max(POSITION_MAX).default(0),
  /** A text answer, or one that says where or who, that levels above may read. Numbers and choices are always countable above. */
  shared: z.boolean().default(false),
  givebacks: z.array(giveback).max(6),
  /** What no level below may change. */
  locks: z.array(z.enum(LOCKABLE)).max(LOCKABLE.length).optional(),
  /** Asked only where it holds (condition.ts). */
  shownIf: conditionSchema.optional(),
  /** Besides `required`: required only where it holds. */
  requiredIf: conditionSchema.optional(),
  /** Of a computed question: nobody answers it (formula.ts). */
  formula: z.string().max(2000).optional(),
  /** Digits after the point that a computed figure keeps. */
  decimals: z.int().min(0).max(2).optional(),
})
export type FieldSpec = Omit<z.infer<typeof fieldSpec>, 'options'> & { options: FieldOption[] }

/** An answer of one's own to an inherited question, counted as the inherited answer `countsAs`. */
const localOption = fieldOption.extend({ countsAs: optionId })

/** What a level makes stricter or more precise in a question that it inherits; what it does not name stays as it is. */
export const tighteningSpec = z.object({
  required: z.literal(true).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  earliest: dayBound.optional(),
  latest: dayBound.optional(),
  /** Inherited answers that are not offered here. */
  without: z.array(optionId).max(200).default([]),
  /** Of a list: groups of which no item is offered here; "" for items of none. */
  withoutGroups: z.array(z.string().max(80)).max(200).optional(),
  options: z.array(localOption).max(50).default([]),
  help: localised.optional(),
  /** Order among the questions of the same owner. */
  position: z.int().min(0).max(POSITION_MAX).optional(),
  /** What no level below may change. */
  locks: z.array(z.enum(LOCKABLE)).max(LOCKABLE.length).default([]),
})
export type TighteningSpec = z.infer<typeof tighteningSpec>

/** A level's tightening of a question, at the version in force. */
export type Tightening = {
  readonly id: string
  readonly territoryId: string
  readonly version: number
  readonly spec: TighteningSpec
}

/** A published version of a question, as everything but the field builder sees it. */
export type FieldDefinition = {
  readonly id: string
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly key: string
  readonly version: number
  readonly retired: boolean
  /** Typed column its answers are copied to, null when it has none. */
  readonly slot: string | null
  /** Its options include those of levels below, retired and with `countsAs`: readable everywhere, offered where they belong. */
  readonly spec: FieldSpec
  /** Of levels below the owner; absent where nothing is asked by it. */
  readonly tightenings?: readonly Tightening[]
  /** Of a question made of others: whose answers are read as its own (read-as.ts). */
  readonly merges?: Merges | null
}
