import type { BucketLabel } from '../analytics/bucket.ts'
import type { Localised } from '../field/field-spec.ts'
import type { AskedRhythm } from '../giveback/priority.ts'
import type { Reminder } from '../giveback/reminder.ts'
import type { ToldObjective } from '../objective/objective.ts'
import type { AccountRow, CallbackRow } from '../sync/pull.ts'
import { type Day, dayNumber } from './day.ts'

/** Why an account is due, with what its sentence needs; `fieldId` and `label` of a reminder or an answer are its question's. */
export type VisitReason =
  | { readonly code: 'PRIORITY'; readonly priority: number; readonly reason: string | null }
  | {
      readonly code: 'OBJECTIVE'
      readonly objectiveId: string
      readonly why: string
      readonly by: string
      readonly toDay: Day
    }
  | { readonly code: 'CALLBACK'; readonly callbackId: string; readonly reason: string; readonly dueDay: Day }
  | { readonly code: 'REMINDER'; readonly fieldId: string; readonly label: Localised; readonly day: Day }
  | {
      readonly code: 'ANSWER'
      readonly fieldId: string
      readonly label: Localised
      readonly answer: BucketLabel
      readonly everyDays: number
    }
  | { readonly code: 'NOT_SEEN_SINCE'; readonly days: number; readonly everyDays: number }
  | { readonly code: 'NEVER_SEEN' }
  /** Not due: the reader set it on his round (round-first.ts). */
  | { readonly code: 'ROUND' }

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
/** What an objective asks weighs as much as the highest priority: it has an end, which that has not. */
const OBJECTIVE_PRIORITY = 3

type Planned = Pick<AccountRow, 'id' | 'lastVisitDay' | 'visitEveryDays' | 'priority'>
type DueAccount = Planned & Pick<AccountRow, 'priorityReason'>
type Ordered = Pick<DueVisit, 'accountId' | 'priority' | 'lateness'>

export type Agenda = {
  readonly accounts: readonly DueAccount[]
  readonly callbacks: readonly CallbackRow[]
  /** Those already due (giveback/reminder.ts, window 0). */
  readonly reminders?: readonly Reminder[]
  /** Rhythms that answers ask, in the place of the accounts' own (giveback/priority.ts). */
  readonly asked?: ReadonlyMap<string, AskedRhythm>
  /** Objectives that want an account seen (objective/due-objectives.ts). */
  readonly objectives?: ReadonlyMap<string, ToldObjective>
}

const NONE = new Map<string, never>()

/**
 * Accounts to visit: never seen, not seen for as long as wanted, set first by a manager and not seen for two weeks, or
 * meant by an objective, or with a call-back or a reminder due. Highest priority first, an objective counting as that, then
 * the latest, then by id. Seen today is never due.
 */
export function dueVisits(
  { accounts, callbacks, reminders = [], asked = NONE, objectives = NONE }: Agenda,
  today: Day,
): DueVisit[] {
  const called = byAccount(callbacksDue(callbacks, today))
  const recalled = byAccount(reminders.filter(({ dueDay }) => dueDay <= today))
  const since = daysUntil(today)
  return accounts
    .flatMap(
      (account) =>
        dueVisit(
          account,
          {
            callback: called.get(account.id),
            reminder: recalled.get(account.id),
            asked: asked.get(account.id),
            objective: objectives.get(account.id),
          },
          since,
        ) ?? [],
    )
    .sort(inOrder)
}

/**
 * The accounts of the first `count` of `dueVisits`, as far as last visits, call-backs and rhythms tell them. Of thousands of accounts, as a phone opens and after each save: none is
 * sorted that is not among them, and nothing is said of any.
 */
export function firstDue(
  {
    accounts,
    callbacks,
    asked = NONE,
  }: Pick<Agenda, 'callbacks' | 'asked'> & { readonly accounts: Iterable<Planned> },
  today: Day,
  count: number,
): string[] {
  const called = byAccount(callbacksDue(callbacks, today))
  const since = daysUntil(today)
  const first: Standing[] = []
  for (const account of accounts) {
    const one = standing(withRhythm(account, asked.get(account.id)), called.has(account.id), since)
    if (!one) continue
    let at = first.length
    while (at > 0 && inOrder(one, first[at - 1] as Standing) < 0) at -= 1
    if (at < count) first.splice(at, 0, one)
    if (first.length > count) first.pop()
  }
  return first.map(({ accountId }) => accountId)
}

const inOrder = (a: Ordered, b: Ordered): number =>
  b.priority - a.priority || b.lateness - a.lateness || (a.accountId < b.accountId ? -1 : 1)

/** A manager's priority stays his: `standing` never waits longer for it than PRIORITY_EVERY_DAYS. */
const withRhythm = <A extends Planned>(account: A, asked: AskedRhythm | undefined): A =>
  asked ? { ...account, visitEveryDays: asked.everyDays } : account

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

/** Days from a day to today; of thousands of accounts, many were seen on the same. */
function daysUntil(today: Day): (from: Day) => number {
  const to = dayNumber(today)
  const known = new Map<Day, number>()
  return (from) => {
    const before = known.get(from)
    if (before !== undefined) return before
    const days = to - dayNumber(from)
    known.set(from, days)
    return days
  }
}

/** How an account that is due stands. */
type Standing = Ordered & {
  /** Since its last visit; null when never seen. */
  readonly days: number | null
  readonly every: number
  /** Set first by a manager, and not seen for two weeks. */
  readonly first: boolean
}

function standing(
  { id: accountId, lastVisitDay, visitEveryDays, priority }: Planned,
  asked: boolean,
  since: (day: Day) => number,
): Standing | null {
  const days = lastVisitDay === null ? null : since(lastVisitDay)
  if (days !== null && days <= 0) return null
  const every = Math.max(1, visitEveryDays)
  const first = priority > 0 && (days === null || days >= Math.min(every, PRIORITY_EVERY_DAYS))
  if (!first && !asked && days !== null && days < every) return null
  return { accountId, priority, lateness: days === null ? 1 : days / every, days, every, first }
}

type Waiting = {
  readonly callback: CallbackRow | undefined
  readonly reminder: Reminder | undefined
  readonly asked: AskedRhythm | undefined
  readonly objective: ToldObjective | undefined
}

function dueVisit(
  account: DueAccount,
  { callback, reminder, asked, objective }: Waiting,
  since: (day: Day) => number,
): DueVisit | null {
  const due = standing(withRhythm(account, asked), !!(callback || reminder || objective), since)
  if (!due) return null
  const { accountId, lateness, days, every, first } = due
  const reasons: VisitReason[] = []
  if (first) reasons.push({ code: 'PRIORITY', priority: due.priority, reason: account.priorityReason })
  if (objective) {
    const { id: objectiveId, why, by, toDay } = objective
    reasons.push({ code: 'OBJECTIVE', objectiveId, why, by, toDay })
  }
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
  else if (days >= every && asked) {
    const { fieldId, label, answer } = asked
    reasons.push({ code: 'ANSWER', fieldId, label, answer, everyDays: every })
  } else if (days >= every) reasons.push({ code: 'NOT_SEEN_SINCE', days, everyDays: every })
  const [main, ...others] = reasons
  const priority = objective ? Math.max(OBJECTIVE_PRIORITY, due.priority) : due.priority
  return main ? { accountId, priority, lateness, reasons: [main, ...others] } : null
}
