import type { Cell, CsvLocale } from '../export/csv.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { Giveback } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { LocalRows } from './local-rows.ts'

export type SegmentGiveback = Extract<Giveback, { readonly kind: 'segment' }>

/** An account, or a contact of one, as a segment lists it. */
export type SegmentRow = {
  readonly accountId: string
  readonly contactId: string | null
  readonly accountName: string
  readonly firstName: string
  readonly lastName: string
  readonly jobTitle: string | null
  readonly street: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly optedOut: boolean
  /** undefined: not answered yet. */
  readonly answer: AnswerValue | undefined
}

/** Who answered one of the segment's options. `unanswered` rows were never asked or left empty. */
export type Segment = {
  readonly yes: number
  readonly answered: number
  readonly unanswered: number
  /** Members with an e-mail or a phone who did not opt out. */
  readonly reachable: number
  /** Reachable members with an e-mail. */
  readonly withEmail: number
  /** All members, by account name then person; the opted-out are here, and in no file. */
  readonly rows: readonly SegmentRow[]
}

export const SEGMENT_COLUMNS = [
  'accountName',
  'firstName',
  'lastName',
  'jobTitle',
  'phone',
  'email',
  'street',
  'postcode',
  'city',
] as const
export type SegmentColumn = (typeof SEGMENT_COLUMNS)[number]

export declare function segmentRows(field: EffectiveField, rows: LocalRows): SegmentRow[]
export declare function isMember(giveback: SegmentGiveback, answer: AnswerValue | undefined): boolean
export declare function isReachable(row: Pick<SegmentRow, 'phone' | 'email' | 'optedOut'>): boolean
export declare function segmentOf(giveback: SegmentGiveback, rows: readonly SegmentRow[]): Segment
export declare function segmentCsv(
  rows: readonly SegmentRow[],
  labels: Readonly<Record<SegmentColumn, string>>,
  locale: CsvLocale,
): string
export declare function mailMergeRows(
  rows: readonly SegmentRow[],
  labels: Readonly<Record<SegmentColumn, string>>,
): Cell[][]
