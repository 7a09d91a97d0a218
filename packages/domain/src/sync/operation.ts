import * as z from 'zod'
import { HANDOVER_NOTE_MAX } from '../account/handover.ts'
import { RETURN_DEEDS } from '../analytics/fact.ts'
import { COACHING_MARKS, COACHING_TEXT_MAX } from '../coaching/note.ts'
import { CONTEST_REASONS, CONTEST_WORD_MAX } from '../contest/contest.ts'
import { GIVEBACK_KINDS } from '../field/field-spec.ts'
import { INSIGHT_KEY_MAX } from '../insight/insight.ts'
import { OBJECTIVE_WORD_MAX } from '../objective/objective.ts'
import { NOTE_MAX, OUTCOMES, REPORT_KINDS } from '../report/report.ts'
import { sectorAsk } from '../territory/sector-ask.ts'
import { typedDay } from '../typed.ts'

/** The version of the exchange; the server also accepts the one before. */
export const PROTOCOL = 1
/** Operations of a batch: phones of an earlier build send up to 100. */
export const BATCH_MAX = 250
/** Bytes of a batch once inflated. */
export const BATCH_BYTES_MAX = 8 * 1024 * 1024

const id = z.uuid()
const day = typedDay
const line = (max: number) => z.string().trim().max(max)

const postalAddress = z.strictObject({
  street: z.string(),
  postcode: z.string(),
  city: z.string(),
  country: z.string(),
})
const position = z.strictObject({
  latitude: z.number(),
  longitude: z.number(),
  accuracy: z.number().nullable(),
})

/** Answers as typed: whether they fit their question is judged later, and never refuses the whole batch. */
export const answer = z.object({
  v: z.int().min(1),
  x: z.union([
    z.boolean(),
    z.number(),
    z.string(),
    z.array(z.string().max(100)).max(200).readonly(),
    postalAddress,
    position,
    z.null(),
  ]),
  d: day.optional(),
})
const answers = z.record(id, answer)
/** null takes an answer away. */
const answersPatch = z.record(id, answer.nullable())
/** What the screen showed where a correction changes it: lists and notes of two people are joined by it. */
const seen = z.object({
  note: z.string().max(NOTE_MAX).nullable().optional(),
  values: z.record(id, answer.shape.x).optional(),
})

/**
 * Seconds by a phone's clock, bounded: one that was set meanwhile measures less than nothing, or days, and a report is not
 * refused for it.
 */
const measured = (most: number) =>
  z
    .number()
    .catch(0)
    .transform((seconds) => Math.round(Math.min(most, Math.max(0, seconds))))

const place = {
  street: line(200).nullable(),
  postcode: line(20).nullable(),
  city: line(120).nullable(),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
}

const reportCreate = z.object({
  accountId: id,
  contactId: id.nullable(),
  kind: z.enum(REPORT_KINDS),
  outcome: z.enum(OUTCOMES),
  day,
  note: z.string().max(NOTE_MAX).nullable(),
  fieldSet: z.string().max(64),
  values: answers,
  /** Seconds spent on each question, on the phone's clock: feeds the ledger. */
  seconds: z.record(id, measured(3600)),
  durationSeconds: measured(86_400),
})
const reportAmend = z.object({
  contactId: id.nullable().optional(),
  outcome: z.enum(OUTCOMES).optional(),
  note: z.string().max(NOTE_MAX).nullable().optional(),
  values: answersPatch.optional(),
  seen: seen.optional(),
})
const accountCreate = z.object({
  /** Empty: the author's own, of a phone that had not been told which that is. */
  territoryId: id.or(z.literal('')),
  kind: z.enum(['client', 'prospect']),
  name: line(200).min(1),
  activity: line(120).nullable(),
  phone: line(60).nullable(),
  email: line(254).nullable(),
  ...place,
  values: answers,
})
const accountUpdate = accountCreate
  .omit({ territoryId: true, values: true })
  .partial()
  .extend({ values: answersPatch.optional(), seen: seen.optional() })
const contactCreate = z.object({
  accountId: id,
  firstName: line(100),
  lastName: line(100).min(1),
  jobTitle: line(120).nullable(),
  phone: line(60).nullable(),
  email: line(254).nullable(),
  values: answers,
})
const contactUpdate = contactCreate
  .omit({ accountId: true, values: true })
  .partial()
  .extend({ optedOut: z.boolean().optional(), values: answersPatch.optional(), seen: seen.optional() })
const callbackSet = z.object({
  accountId: id,
  contactId: id.nullable(),
  dueDay: day,
  reason: line(300).min(1),
})
const givebackKind = z.enum(GIVEBACK_KINDS)
/** A return that reached its reader: shown on a screen, opened, or acted on. */
const givebackRecord = z.object({
  fieldId: id,
  kind: givebackKind,
  /** Opened or acted on: all that a server of an earlier version reads, and a phone of an earlier version says. */
  used: z.boolean(),
  done: z.enum(RETURN_DEEDS).optional(),
  /** The account that it was about; none: the whole sector. */
  about: id.nullable().optional(),
})
/** Whether a kind of return of a question is of use to its reader; null takes it back. */
const givebackJudge = z.object({ fieldId: id, kind: givebackKind, useful: z.boolean().nullable() })
const insightJudge = z.object({
  key: z.string().min(1).max(INSIGHT_KEY_MAX),
  useful: z.boolean().nullable(),
})

/** What somebody finds wrong with a question, as it was asked then. */
const contestOpen = z.object({
  fieldId: id,
  version: z.int().min(1),
  reason: z.enum(CONTEST_REASONS),
  word: line(CONTEST_WORD_MAX).nullable(),
  /** The word may be read even where fewer than five people could have written it. */
  openly: z.boolean(),
})

/** What a rep makes of a note that a manager wrote to him. */
const coachingAnswer = z.object({
  text: line(COACHING_TEXT_MAX).nullable(),
  mark: z.enum(COACHING_MARKS),
})

/** What a rep wants to pass on of an account to whoever comes after him; null takes it back. */
const handoverNote = z.object({ accountId: id, text: line(HANDOVER_NOTE_MAX).nullable() })
/** The brief of an account that came to the author is read, and goes away. */
const handoverDismiss = z.object({ accountId: id })
/** What a rep does to a sub-sector of his own sector; `entityId` is the sub-sector's. */
const sectorArrange = z.object({ territoryId: id, ask: sectorAsk })

/** An account that a rep does not take on for an objective, with a word; null takes the refusal back. */
const objectiveRefuse = z.object({
  objectiveId: id,
  accountId: id,
  word: line(OBJECTIVE_WORD_MAX).min(1).nullable(),
})

export const envelope = {
  opId: id,
  entityId: id,
  /** Position among this device's operations on the entity, from 1. */
  seq: z.int().min(1).max(1_000_000),
  /** The entity's version the phone had when this was typed; 0 for a creation. */
  base: z.int().min(0),
  /** The phone's clock; `clockOffset` is server minus phone in milliseconds as last seen. Never used for ordering. */
  capturedAt: z.iso.datetime(),
  // A phone whose battery ran out believes itself in 1970.
  clockOffset: z.int().min(-1e13).max(1e13),
}

const operationOf = <K extends string, B extends z.ZodType>(kind: K, body: B) =>
  z.object({ ...envelope, kind: z.literal(kind), body })

/** One thing a person did on a phone. `entityId` is made there too (UUIDv7). */
export const operation = z.discriminatedUnion('kind', [
  operationOf('report.create', reportCreate),
  operationOf('report.amend', reportAmend),
  operationOf('report.withdraw', z.object({ reason: line(300).nullable() })),
  operationOf('account.create', accountCreate),
  operationOf('account.update', accountUpdate),
  operationOf('contact.create', contactCreate),
  operationOf('contact.update', contactUpdate),
  operationOf('callback.set', callbackSet),
  operationOf('callback.done', z.object({})),
  operationOf('giveback.record', givebackRecord),
  operationOf('giveback.judge', givebackJudge),
  operationOf('insight.judge', insightJudge),
  operationOf('contest.open', contestOpen),
  operationOf('contest.withdraw', z.object({})),
  operationOf('coaching.answer', coachingAnswer),
  operationOf('handover.note', handoverNote),
  operationOf('handover.dismiss', handoverDismiss),
  operationOf('sector.arrange', sectorArrange),
  operationOf('objective.refuse', objectiveRefuse),
  // Thrown away on the phone before it was known to have arrived: holds the place of the operation whose id it bears.
  operationOf('operation.discard', z.object({})),
])
export type Operation = z.infer<typeof operation>
export type OperationKind = Operation['kind']

/** What can be read of an operation that is none: by it what follows on the same entity need not wait for ever. */
export const operationPlace = z.object({ opId: id, entityId: id, seq: envelope.seq })
export type OperationPlace = z.infer<typeof operationPlace>

export const QUARANTINE_CODES = [
  'OP_MALFORMED',
  'OP_REUSED',
  'OP_FORBIDDEN',
  'OP_TARGET_UNKNOWN',
  'OP_FIELD_UNKNOWN',
  'OP_ANSWER_INVALID',
  'OP_EXISTS',
  'OP_HANDED_OVER',
] as const
export type QuarantineCode = (typeof QUARANTINE_CODES)[number]

/** A field two people changed: what was kept (the last to arrive), what it replaced, whose that was and since when. */
export type Merge = {
  readonly field: string
  readonly kept: unknown
  readonly replaced: unknown
  /** Absent on answers of an earlier version. */
  readonly by?: { readonly membershipId: string; readonly name: string }
  /** Instant. */
  readonly at?: string
  /** A list or a note: what was kept holds both. */
  readonly joined?: true
}

/** What the phone is told of one operation; `index` is its place in the batch. */
export type OperationAnswer =
  | {
      readonly status: 'applied'
      readonly opId: string
      readonly version: number
      readonly reportStatus?: 'accepted' | 'to_complete' | 'withdrawn'
      readonly missing?: readonly string[]
      /** Of those missing, what the form that was filled in did not ask, or not as it is asked now. */
      readonly askedSince?: readonly string[]
      readonly merges?: readonly Merge[]
    }
  | { readonly status: 'duplicate'; readonly opId: string; readonly first: OperationAnswer }
  | { readonly status: 'waiting'; readonly opId: string }
  | {
      readonly status: 'quarantined'
      readonly opId: string | null
      readonly code: QuarantineCode
      readonly path: readonly string[]
    }
