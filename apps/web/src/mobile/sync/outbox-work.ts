import type { Operation, OperationKind } from '@fieldback/domain/sync/operation'
import type { CacheRows } from '../data/cache.ts'
import type { OutboxItem } from '../data/outbox-item.ts'

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

/** Operations of one save are written one after the other; two taps of a person lie further apart. */
const ONE_SAVE_MS = 1_000

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
]

/** Groups what the outbox holds, in the order it was typed. */
export function workOf(outbox: readonly OutboxItem[], rows: CacheRows): Work[] {
  const groups: { accountId: string | null; items: OutboxItem[] }[] = []
  for (const item of outbox) {
    if (item.operation.kind === 'giveback.record') continue
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

const isSameSave = (a: OutboxItem, b: OutboxItem): boolean =>
  Math.abs(Date.parse(b.savedAt) - Date.parse(a.savedAt)) < ONE_SAVE_MS

const rankOf = ({ operation }: OutboxItem): number => NAMING.indexOf(operation.kind)

/** What needs a person comes first, then what waits. */
const stateOf = (items: readonly OutboxItem[]): OutboxItem['state'] =>
  items.some(({ state }) => state === 'aside')
    ? 'aside'
    : items.some(({ state }) => state === 'phone')
      ? 'phone'
      : 'accepted'

/** The account an operation is about, as far as this phone knows. */
export function accountOf(
  operation: Operation,
  rows: CacheRows,
  outbox: readonly OutboxItem[] = [],
): string | null {
  if (operation.kind === 'account.create' || operation.kind === 'account.update') return operation.entityId
  if ('accountId' in operation.body) return operation.body.accountId
  const id = operation.entityId
  const row = rows.reports.get(id) ?? rows.contacts.get(id) ?? rows.callbacks.get(id)
  if (row) return row.accountId
  const creation = outbox.find((item) => item.operation.entityId === id && 'accountId' in item.operation.body)
  return creation && 'accountId' in creation.operation.body ? creation.operation.body.accountId : null
}

export type OutboxCount = {
  readonly phone: number
  /** Reports that today's form asks more of, and work the server set aside. */
  readonly todo: number
}

export const countOutbox = (
  outbox: readonly OutboxItem[],
  rows: CacheRows,
  membershipId: string,
): OutboxCount => {
  const work = workOf(outbox, rows)
  let todo = work.filter(({ state }) => state === 'aside').length
  for (const report of rows.reports.values())
    if (report.status === 'to_complete' && report.authorId === membershipId) todo += 1
  return { phone: work.filter(({ state }) => state === 'phone').length, todo }
}
