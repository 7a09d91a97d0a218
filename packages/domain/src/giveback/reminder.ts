import { addDays, daysBetween } from '../agenda/day.ts'
import type { Localised } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { dayOfMoment } from '../field/types/moment.ts'
import type { ReportRow } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import { fitsType } from './fits-type.ts'
import { holdersOf } from './holders.ts'
import type { LocalRows } from './local-rows.ts'
import { stands } from './rows-index.ts'

/** A date somebody gave, to be recalled `daysBefore` it. */
export type Reminder = {
  readonly fieldId: string
  readonly owner: PathNode
  readonly label: Localised
  readonly accountId: string
  readonly contactId: string | null
  /** The date answered. */
  readonly day: string
  /** The day it is recalled; may be past while `day` is not. */
  readonly dueDay: string
}

/** `days`: how far ahead to look, 0 for today alone. */
export type ReminderWindow = { readonly today: string; readonly days: number }

/**
 * Reminders due until today + days, soonest first. One stays until its date has passed: a rep away on the due day still
 * finds it. For report fields the newest report decides.
 */
export function remindersOf(
  fields: readonly EffectiveField[],
  rows: LocalRows,
  { today, days }: ReminderWindow,
): Reminder[] {
  const until = addDays(today, days)
  return fields
    .flatMap((field) => remindersOfField(field, rows))
    .filter(({ day, dueDay }) => dueDay <= until && day >= today)
    .sort(
      (a, b) =>
        daysBetween(b.dueDay, a.dueDay) ||
        daysBetween(b.day, a.day) ||
        (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0),
    )
}

/** Of reminders that are due, those of an account where nobody was since they are: whoever goes or calls now follows them. */
export function unanswered(
  due: readonly Reminder[],
  accountId: string,
  reports: Iterable<ReportRow>,
): Reminder[] {
  const own = due.filter((reminder) => reminder.accountId === accountId)
  if (own.length === 0) return []
  let last = ''
  for (const report of reports)
    if (report.accountId === accountId && stands(report) && report.day > last) last = report.day
  return own.filter(({ dueDay }) => dueDay > last)
}

const sortKey = ({ accountId, contactId, fieldId }: Reminder): string =>
  `${accountId}/${contactId ?? ''}/${fieldId}`

function remindersOfField(field: EffectiveField, rows: LocalRows): Reminder[] {
  const givebacks = field.spec.givebacks.filter((giveback) => giveback.kind === 'reminder')
  if (givebacks.length === 0 || !fitsType('reminder', field.spec.type)) return []
  return holdersOf(field, rows).flatMap(({ account, contact, answer }) => {
    if (typeof answer?.x !== 'string') return []
    const day = dayOfMoment(answer.x)
    return givebacks.map((giveback) => ({
      fieldId: field.id,
      owner: field.owner,
      label: giveback.label,
      accountId: account.id,
      contactId: contact?.id ?? null,
      day,
      dueDay: addDays(day, -giveback.daysBefore),
    }))
  })
}
