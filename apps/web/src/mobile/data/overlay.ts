import type { Answers } from '@fieldback/domain/field/answer'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { AccountRow, CallbackRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import type { CacheRows } from './cache.ts'
import { ChangedMap } from './changed-map.ts'
import { isNote, type OutboxItem } from './outbox-item.ts'

export type Author = { readonly membershipId: string; readonly displayName: string }

type Rows = {
  accounts: ChangedMap<AccountRow>
  contacts: ChangedMap<ContactRow>
  reports: ChangedMap<ReportRow>
  callbacks: ChangedMap<CallbackRow>
}

/**
 * What the person sees: what the server sent, with what was typed here on top. An accepted operation stays on top
 * until the pulled row is as new as what the server made of it, or until its account has left this phone; one set
 * aside is not shown as done. What is sent again after a restore shows as its first answer says.
 */
export function overlay(cache: CacheRows, outbox: readonly OutboxItem[], author: Author): CacheRows {
  const onTop = outbox.filter((item) => isOnTop(cache, item))
  if (onTop.length === 0) return cache
  const before = laid.get(cache)
  if (before && sameItems(before.onTop, onTop)) return before.rows
  const rows = lay(cache, onTop, author)
  laid.set(cache, { onTop, rows })
  return rows
}

/** A try to send, or a return noted as seen, changes no row: what is worked out of these rows stands. */
const laid = new WeakMap<CacheRows, { readonly onTop: readonly OutboxItem[]; readonly rows: CacheRows }>()

const sameItems = (a: readonly OutboxItem[], b: readonly OutboxItem[]): boolean =>
  a.length === b.length && a.every((item, at) => named(item) === named(b[at]))

/** Items are read anew before each try. What an operation says never changes, but that it may be thrown away. */
const named = (item: OutboxItem | undefined): string | undefined =>
  item && item.operation.opId + item.operation.kind + item.state

function lay(cache: CacheRows, onTop: readonly OutboxItem[], author: Author): CacheRows {
  const rows: Rows = {
    accounts: new ChangedMap(cache.accounts),
    contacts: new ChangedMap(cache.contacts),
    reports: new ChangedMap(cache.reports),
    callbacks: new ChangedMap(cache.callbacks),
  }
  for (const { state, operation } of onTop)
    if (state === 'phone' || isHere(rows, operation)) applyOperation(rows, operation, author)
  return rows
}

/** What was accepted after its account had left is the server's alone. */
const isHere = (rows: Rows, { body }: Operation): boolean =>
  !('accountId' in body) || rows.accounts.has(body.accountId)

function isOnTop(cache: CacheRows, { operation, state, answer, left }: OutboxItem): boolean {
  if (left || isNote(operation)) return false
  if (answer === null || answer.status === 'waiting') return state === 'phone'
  const noun = operation.kind.split('.')[0]
  const stores: Readonly<Record<string, ReadonlyMap<string, { readonly version: number }>>> = {
    account: cache.accounts,
    contact: cache.contacts,
    report: cache.reports,
    callback: cache.callbacks,
  }
  const pulled = stores[noun ?? '']?.get(operation.entityId)
  return answer.status === 'applied' && (pulled?.version ?? 0) < answer.version
}

const patched = (
  values: Answers,
  patch: Readonly<Record<string, Answers[string] | null>> | undefined,
): Answers => {
  if (!patch) return values
  return Object.fromEntries(
    Object.entries({ ...values, ...patch }).filter(([, answer]) => answer !== null),
  ) as Answers
}

const defined = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T

/** Typed phones and e-mails are shown as typed until the server has normalised them. */
const reachable = (body: { phone?: string | null | undefined; email?: string | null | undefined }) => ({
  ...(body.phone === undefined ? {} : { phone: body.phone, phoneRaw: body.phone }),
  ...(body.email === undefined ? {} : { email: body.email, emailRaw: body.email }),
})

function applyOperation(rows: Rows, operation: Operation, author: Author): void {
  const id = operation.entityId
  switch (operation.kind) {
    case 'account.create': {
      const { body } = operation
      rows.accounts.set(id, {
        id,
        ...body,
        phoneRaw: body.phone,
        emailRaw: body.email,
        visitEveryDays: 60,
        priority: 0,
        priorityReason: null,
        lastVisitDay: null,
        version: 0,
      })
      return
    }
    case 'account.update': {
      const account = rows.accounts.get(id)
      const { values, ...patch } = operation.body
      if (account) {
        const next = {
          ...account,
          ...defined(patch),
          ...reachable(patch),
          values: patched(account.values, values),
        }
        rows.accounts.set(id, next as AccountRow)
      }
      return
    }
    case 'contact.create': {
      const { body } = operation
      rows.contacts.set(id, {
        id,
        ...body,
        phoneRaw: body.phone,
        emailRaw: body.email,
        optedOut: false,
        version: 0,
      })
      return
    }
    case 'contact.update': {
      const contact = rows.contacts.get(id)
      const { values, ...patch } = operation.body
      if (contact) {
        const next = {
          ...contact,
          ...defined(patch),
          ...reachable(patch),
          values: patched(contact.values, values),
        }
        rows.contacts.set(id, next as ContactRow)
      }
      return
    }
    case 'report.create':
      createReport(rows, operation, author)
      return
    case 'report.amend': {
      const report = rows.reports.get(id)
      const { values, ...patch } = operation.body
      if (report) {
        const next = {
          ...report,
          ...defined(patch),
          values: patched(report.values, values),
          status: 'accepted',
        }
        rows.reports.set(id, next as ReportRow)
      }
      return
    }
    case 'report.withdraw': {
      const report = rows.reports.get(id)
      if (report) withdrawReport(rows, report)
      return
    }
    case 'callback.set':
      rows.callbacks.set(id, {
        id,
        ...operation.body,
        assigneeId: author.membershipId,
        done: false,
        version: 0,
      })
      return
    case 'callback.done': {
      const callback = rows.callbacks.get(id)
      if (callback) rows.callbacks.set(id, { ...callback, done: true })
      return
    }
  }
}

/** A report taken back counts nowhere: the visit before it is the last one again. */
function withdrawReport(rows: Rows, report: ReportRow): void {
  rows.reports.set(report.id, { ...report, status: 'withdrawn', missing: [] })
  const account = rows.accounts.get(report.accountId)
  if (account?.lastVisitDay !== report.day) return
  const visits = [...rows.reports.values()].filter(
    (row) => row.accountId === account.id && row.kind === 'visit' && row.status !== 'withdrawn',
  )
  const lastVisitDay = visits.reduce<string | null>(
    (last, { day }) => (last === null || day > last ? day : last),
    null,
  )
  rows.accounts.set(account.id, { ...account, lastVisitDay })
}

function createReport(
  rows: Rows,
  operation: Extract<Operation, { kind: 'report.create' }>,
  author: Author,
): void {
  const { body, entityId: id } = operation
  const account = rows.accounts.get(body.accountId)
  rows.reports.set(id, {
    id,
    accountId: body.accountId,
    contactId: body.contactId,
    territoryId: account?.territoryId ?? '',
    authorId: author.membershipId,
    authorName: author.displayName,
    kind: body.kind,
    outcome: body.outcome,
    day: body.day,
    note: body.note,
    values: body.values,
    status: 'accepted',
    missing: [],
    version: 0,
  })
  if (account && body.kind === 'visit' && (account.lastVisitDay ?? '') < body.day) {
    rows.accounts.set(account.id, { ...account, lastVisitDay: body.day })
  }
}
