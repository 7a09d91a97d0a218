import type { Merge, OperationKind } from '@fieldback/domain/sync/operation'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { accountOf } from '../data/account-of.ts'
import type { CacheRows } from '../data/cache.ts'
import { isNote, type OutboxItem } from '../data/outbox-item.ts'
import type { PhoneState } from '../data/store.ts'
import { reportState } from '../report/report-state.ts'

/**
 * One thing a person did, as that person counts it: a report with the account and contact it corrects is one, though
 * it takes several operations. Returns noted as seen are not work and are left out.
 */
export type Work = {
  /** The operation that names it. */
  readonly main: OutboxItem
  readonly items: readonly OutboxItem[]
  readonly state: OutboxItem['state']
  readonly accountId: string | null
}

/** What names a piece of work, first of the list that it holds. */
const NAMING: readonly OperationKind[] = [
  'report.create',
  'report.amend',
  'report.withdraw',
  'account.create',
  'account.update',
  'contact.create',
  'contact.update',
  'callback.set',
  'callback.done',
  'contest.open',
  'contest.withdraw',
  'coaching.answer',
  'handover.note',
  'sector.arrange',
  'objective.refuse',
]

/** Groups what the outbox holds, in the order it was typed. */
export function workOf(outbox: readonly OutboxItem[], rows: CacheRows): Work[] {
  const groups: { accountId: string | null; items: OutboxItem[] }[] = []
  for (const item of outbox) {
    if (isNote(item.operation) || item.operation.kind === 'operation.discard') continue
    const accountId = accountOf(item.operation, rows, outbox)
    const last = groups.at(-1)
    const previous = last?.items.at(-1)
    if (last && previous && last.accountId === accountId && accountId !== null && isSameSave(previous, item))
      last.items.push(item)
    else groups.push({ accountId, items: [item] })
  }
  return groups.flatMap(({ accountId, items }) => {
    const main = [...items].sort((a, b) => rankOf(a) - rankOf(b))[0]
    return main ? [{ main, items, accountId, state: stateOf(items) }] : []
  })
}

const LISTED_DAYS = 7

/** Accepted work of the last days: more is kept than a person wants to read. */
export const recentlyAccepted = (work: readonly Work[], now: Date): Work[] =>
  work.filter(
    ({ state, main }) =>
      state === 'accepted' && now.getTime() - Date.parse(main.savedAt) < LISTED_DAYS * 86_400_000,
  )

/** One save is one moment. */
const isSameSave = (a: OutboxItem, b: OutboxItem): boolean => a.savedAt === b.savedAt

const rankOf = ({ operation }: OutboxItem): number => NAMING.indexOf(operation.kind)

/** What needs a person comes first, then what waits. */
const stateOf = (items: readonly OutboxItem[]): OutboxItem['state'] =>
  items.some(({ state }) => state === 'aside')
    ? 'aside'
    : items.some(({ state }) => state === 'phone')
      ? 'phone'
      : 'accepted'

/** The reader's own reports that today's form asks more of, oldest first, but those that he left to the next contact. */
export function ownToComplete(state: PhoneState): ReportRow[] {
  const touched = new Set<string>()
  const deferred = new Set<string>()
  for (const item of state.outbox) (item.deferred ? deferred : touched).add(item.operation.entityId)
  const own: ReportRow[] = []
  for (const report of state.rows.reports.values()) {
    if (report.authorId !== state.identity.membershipId || deferred.has(report.id)) continue
    // What the server has just said of a report may be newer than the row.
    if (report.status !== 'to_complete' && !touched.has(report.id)) continue
    if (reportState(state, report) === 'to_complete') own.push(report)
  }
  return own.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.id < b.id ? -1 : 1))
}

/** What somebody else changed too, and of which the person has not chosen yet. */
export const metBy = ({ answer, settled = [] }: OutboxItem): readonly Merge[] =>
  (answer?.status === 'applied' && answer.merges?.filter(({ field }) => !settled.includes(field))) || []

export type OutboxCount = {
  readonly phone: number
  /**
   * Reports that today's form asks more of, work the server set aside, and what somebody else changed too; looked for once
   * nothing waits on the phone, which is said first.
   */
  readonly todo: number
}

/** What the outbox says of itself in one line. */
export function countOutbox(state: PhoneState): OutboxCount {
  const work = workOf(state.outbox, state.rows)
  const of = (standing: Work['state']): number => work.filter((one) => one.state === standing).length
  const phone = of('phone') + state.photosWaiting
  if (phone > 0) return { phone, todo: 0 }
  const met = state.outbox.filter((item) => metBy(item).length > 0).length
  return { phone, todo: of('aside') + ownToComplete(state).length + met }
}
