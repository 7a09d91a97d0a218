import { nameKey, personKey } from '../account/normalise.ts'
import { type Cell, type CsvLocale, toCsv } from '../export/csv.ts'
import { type AnswerValue, isEmpty } from '../field/answer.ts'
import type { Giveback } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { holdersOf } from './holders.ts'
import type { LocalRows } from './local-rows.ts'
import { madeOnce } from './made-once.ts'

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

/** How many answered one of the segment's options. `unanswered` rows were never asked or left empty. */
export type SegmentCounts = {
  readonly yes: number
  readonly answered: number
  readonly unanswered: number
  /** Members with an e-mail or a phone who did not opt out. */
  readonly reachable: number
  /** Reachable members with an e-mail. */
  readonly withEmail: number
}

export type Segment = SegmentCounts & {
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

/** Everybody a segment's question is asked about; contacts for a contact field, accounts for the others. */
export function segmentRows(field: EffectiveField, rows: LocalRows): SegmentRow[] {
  return holdersOf(field, rows).map(({ account, contact, answer }) => ({
    accountId: account.id,
    contactId: contact?.id ?? null,
    accountName: account.name,
    firstName: contact?.firstName ?? '',
    lastName: contact?.lastName ?? '',
    jobTitle: contact?.jobTitle ?? null,
    street: account.street,
    postcode: account.postcode,
    city: account.city,
    phone: (contact ?? account).phone,
    email: (contact ?? account).email,
    optedOut: contact?.optedOut ?? false,
    answer: answer?.x,
  }))
}

/** Whether an answer is among those that count; one of several choices is enough. */
export function isMember({ options }: SegmentGiveback, answer: AnswerValue | undefined): boolean {
  if (answer === undefined || answer === null) return false
  const given = Array.isArray(answer) ? answer : [String(answer)]
  return given.some((option) => options.includes(option))
}

export const isReachable = ({
  phone,
  email,
  optedOut,
}: Pick<SegmentRow, 'phone' | 'email' | 'optedOut'>): boolean =>
  !optedOut && (phone !== null || email !== null)

const nameOf = (row: SegmentRow): string =>
  `${nameKey(row.accountName)}/${personKey(row.firstName, row.lastName)}/${row.contactId ?? row.accountId}`

/** The figures of a segment alone. "I do not know" is an answer and never a member. */
export function countSegment(
  giveback: SegmentGiveback,
  rows: readonly Pick<SegmentRow, 'answer' | 'phone' | 'email' | 'optedOut'>[],
): SegmentCounts {
  const members = rows.filter(({ answer }) => isMember(giveback, answer))
  const answered = rows.filter(({ answer }) => !isEmpty(answer)).length
  const reachable = members.filter(isReachable)
  return {
    yes: members.length,
    answered,
    unanswered: rows.length - answered,
    reachable: reachable.length,
    withEmail: reachable.filter(({ email }) => email !== null).length,
  }
}

const once = madeOnce<SegmentCounts>()

/** The figures of a question's segment among rows. */
export const segmentCounts = (
  giveback: SegmentGiveback,
  field: EffectiveField,
  rows: LocalRows,
): SegmentCounts =>
  once(rows, giveback, field.id, () =>
    rows.parts
      ? rows.parts.map((part) => segmentCounts(giveback, field, part)).reduce(plus)
      : countSegment(giveback, segmentRows(field, rows)),
  )

const plus = (a: SegmentCounts, b: SegmentCounts): SegmentCounts => ({
  yes: a.yes + b.yes,
  answered: a.answered + b.answered,
  unanswered: a.unanswered + b.unanswered,
  reachable: a.reachable + b.reachable,
  withEmail: a.withEmail + b.withEmail,
})

/** Who belongs to a segment, with its figures. */
export function segmentOf(giveback: SegmentGiveback, rows: readonly SegmentRow[]): Segment {
  const members = rows
    .filter(({ answer }) => isMember(giveback, answer))
    .map((row) => ({ row, name: nameOf(row) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ row }) => row)
  return { ...countSegment(giveback, rows), rows: members }
}

/** The list to call or write to: reachable rows alone, a line each, under the labels given. */
export const segmentCsv = (
  rows: readonly SegmentRow[],
  labels: Readonly<Record<SegmentColumn, string>>,
  locale: CsvLocale,
): string => toCsv(lines(rows.filter(isReachable), labels), locale)

/** Source rows of a mail merge, header first: those with an e-mail who did not opt out. */
export const mailMergeRows = (
  rows: readonly SegmentRow[],
  labels: Readonly<Record<SegmentColumn, string>>,
): Cell[][] =>
  lines(
    rows.filter((row) => isReachable(row) && row.email !== null),
    labels,
  )

const lines = (rows: readonly SegmentRow[], labels: Readonly<Record<SegmentColumn, string>>): Cell[][] => [
  SEGMENT_COLUMNS.map((column) => labels[column]),
  ...rows.map((row) => SEGMENT_COLUMNS.map((column) => row[column])),
]
