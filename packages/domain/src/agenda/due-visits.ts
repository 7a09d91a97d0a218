import type { Localised } from '../field/field-spec.ts'
import type { Reminder } from '../giveback/reminder.ts'
import type { AccountRow, CallbackRow } from '../sync/pull.ts'
import { type Day, daysBetween } from './day.ts'

/** Why an account is due, with what its sentence needs; `fieldId` and `label` of a reminder are its question's. */
export type VisitReason =
  | { readonly code: 'PRIORITY'; readonly priority: number; readonly reason: string | null }
  | { readonly code: 'CALLBACK'; readonly callbackId: string; readonly reason: string; readonly dueDay: Day }
  | { readonly code: 'REMINDER'; readonly fieldId: string; readonly label: Localised; readonly day: Day }
  | { readonly code: 'NOT_SEEN_SINCE'; readonly days: number; readonly everyDays: number }
  | { readonly code: 'NEVER_SEEN' }

export type DueVisit = {
  readonly accountId: string
  readonly priority: number
  /** Time since the last visit over the time wanted between two: 1 is due today, 2 twice as late; 1 when never seen. */
  readonly lateness: number
  /** Never empty, the one to show first. */
  readonly reasons: readonly [VisitReason, ...VisitReason[]]
}

/** A manager's priority asks for a visit at least this often, until it is taken away. */
export const PRIORITY_EVERY_DAYS = 14

type DueAccount = Pick<AccountRow, 'id' | 'lastVisitDay' | 'visitEveryDays' | 'priority' | 'priorityReason'>

export type Agenda = {
  readonly accounts: readonly DueAccount[]
  readonly callbacks: readonly CallbackRow[]
  /** Those already due (giveback/reminder.ts, window 0). */
  readonly reminders?: readonly Reminder[]
}

/**
 * Accounts to visit: never seen, not seen for as long as wanted, set first by a manager and not seen for two weeks, or
 * with a call-back or a reminder due. Highest priority first, then the latest, then by id. Seen today is never due.
 */
export function dueVisits({ accounts, callbacks, reminders = [] }: Agenda, today: Day): DueVisit[] {
  const called = byAccount(callbacksDue(callbacks, today))
  const recalled = byAccount(reminders.filter(({ dueDay }) => dueDay <= today))
  return accounts
    .flatMap((account) => dueVisit(account, [called.get(account.id), recalled.get(account.id)], today) ?? [])
    .sort(
      (a, b) => b.priority - a.priority || b.lateness - a.lateness || (a.accountId < b.accountId ? -1 : 1),
    )
}

/** Call-backs not done and due, oldest first, then by id. */
export const callbacksDue = (callbacks: readonly CallbackRow[], today: Day): CallbackRow[] =>
  callbacks
    .filter(({ done, dueDay }) => !done && dueDay <= today)
    .sort((a, b) => (a.dueDay === b.dueDay ? (a.id < b.id ? -1 : 1) : a.dueDay < b.dueDay ? -1 : 1))

/** The first of each account. */
function byAccount<T extends { readonly accountId: string }>(list: readonly T[]): Map<string, T> {
  const first = new Map<string, T>()
  for (const item of list) if (!first.has(item.accountId)) first.set(item.accountId, item)
  return first
}

type Waiting = readonly [callback: CallbackRow | undefined, reminder: Reminder | undefined]

function dueVisit(account: DueAccount, [callback, reminder]: Waiting, today: Day): DueVisit | null {
  const { id: accountId, lastVisitDay, visitEveryDays, priority } = account
  const days = lastVisitDay === null ? null : daysBetween(lastVisitDay, today)
  if (days !== null && days <= 0) return null
  const every = Math.max(1, visitEveryDays)
  const lateness = days === null ? 1 : days / every
  const first = priority > 0 && (days === null || days >= Math.min(every, PRIORITY_EVERY_DAYS))
  const reasons: VisitReason[] = []
  if (first) reasons.push({ code: 'PRIORITY', priority, reason: account.priorityReason })
  if (callback) {
    reasons.push({
      code: 'CALLBACK',
      callbackId: callback.id,
      reason: callback.reason,
      dueDay: callback.dueDay,
    })
  }
  if (reminder) {
    reasons.push({ code: 'REMINDER', fieldId: reminder.fieldId, label: reminder.label, day: reminder.day })
  }
  if (days === null) reasons.push({ code: 'NEVER_SEEN' })
  else if (days >= every) reasons.push({ code: 'NOT_SEEN_SINCE', days, everyDays: every })
  const [main, ...others] = reasons
  return main ? { accountId, priority, lateness, reasons: [main, ...others] } : null
}
