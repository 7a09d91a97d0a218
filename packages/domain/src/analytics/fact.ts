import type { GivebackKind } from '../field/field-spec.ts'
import type { Outcome, ReportKind } from '../report/report.ts'

/** One answer as roll-ups count it: the bucket it falls in, and its number when it is one. */
export type BucketedAnswer = readonly [fieldId: string, bucket: string, value: number | null]

/**
 * What a change of one report adds to the roll-ups: `sign` +1 for the new state, -1 for the one it replaces, more for
 * several that count alike.
 * `thenAt` is the report's own territory, `todayAt` its account's present home; null leaves that basis untouched.
 */
export type ReportFact = {
  readonly of: 'report'
  readonly sign: number
  readonly thenAt: string | null
  readonly todayAt: string | null
  /** YYYY-MM-DD */
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly member: string
  /** Reportable fields that the form asked. */
  readonly asked: readonly string[]
  readonly answers: readonly BucketedAnswer[]
}

/** What a change of an account's or contact's answers adds to the stocks of its home. */
export type StockFact = {
  readonly of: 'stock'
  readonly sign: number
  readonly territory: string
  readonly answers: readonly BucketedAnswer[]
}

/** What a person gave to questions and was given back, to add to his ledger. */
export type LedgerFact = {
  readonly of: 'ledger'
  readonly member: string
  readonly given: readonly LedgerRow[]
  /** How long each of the answers took; absent where none was given, and of phones' facts that are older than it. */
  readonly took?: readonly TookRow[]
}

/** Answers to a question in one month (YYYY-MM) that took about as long: `from`, the least seconds of their bin. */
export type TookRow = {
  readonly fieldId: string
  readonly month: string
  readonly from: number
  readonly n: number
}

/** What became of a return: it was on a screen, it was opened, something was done from it. */
export const RETURN_DEEDS = ['shown', 'opened', 'acted'] as const
export type ReturnDeed = (typeof RETURN_DEEDS)[number]

/** A return that reached a person on a day (YYYY-MM-DD). `about`: the account it was about; null: the whole sector. */
export type ReachedReturn = {
  readonly fieldId: string
  readonly kind: GivebackKind
  readonly about: string | null
  readonly day: string
  readonly done: ReturnDeed
}

/** Returns that reached a person: each is counted once a day, however often and from however many phones it is told. */
export type ReturnsFact = {
  readonly of: 'returns'
  readonly member: string
  readonly reached: readonly ReachedReturn[]
}

/** One line of the ledger: what a person gave to a field and what came back, in one month (YYYY-MM). */
export type LedgerRow = {
  readonly fieldId: string
  readonly month: string
  readonly answers: number
  readonly seconds: number
  /** Returns shown, and those opened. */
  readonly received: number
  readonly used: number
  /** Of those opened, reminders that a visit, a call or a call-back followed; servers of an earlier version tell none. */
  readonly followed?: number
  /** And lists from which somebody was written to or called, or that were exported. */
  readonly contacted?: number
}

export type RollupFact = ReportFact | StockFact | LedgerFact | ReturnsFact

/** Denominators kept as buckets of their own; option ids never begin with an underscore. */
export const ASKED = '_asked'
export const ANSWERED = '_answered'

/**
 * The question that every report answers: how it was made. Counted like any other, so that reports by month, kind and outcome are read
 * as few rows whatever their number; it has no denominators.
 */
export const KIND = '00000000-0000-0000-0000-000000000000'

/**
 * Beside a question made of others, under its bucket: answers of one document that another answer of the same document
 * is read instead of. Taken away where the answers of all are added up.
 */
const OVER = '_over:'
export const overOf = (bucket: string): string => `${OVER}${bucket}`
export const isOver = (bucket: string): boolean => bucket.startsWith(OVER)
export const underOver = (bucket: string): string => bucket.slice(OVER.length)

/**
 * Beside a question of another type than the one it replaces, under its bucket: answers to the old one that are read as
 * its own. Added where the answers of both are counted together.
 */
const READ = '_read:'
export const readOf = (bucket: string): string => `${READ}${bucket}`
export const isRead = (bucket: string): boolean => bucket.startsWith(READ)
export const underRead = (bucket: string): string => bucket.slice(READ.length)
