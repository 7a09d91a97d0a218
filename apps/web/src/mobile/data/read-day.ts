import { callbacksDue, firstDue } from '@fieldback/domain/agenda/due-visits'
import type { AccountRow, ContactRow } from '@fieldback/domain/sync/pull'
import { readKept } from '../agenda/kept-round.ts'
import { blockOf, type DueRow, unpackRows } from './block.ts'
import { type CacheRows, readAtOnce, readForeseen, readKeys } from './cache.ts'
import type { CacheDb, ForeseenDay } from './databases.ts'
import type { OutboxItem } from './outbox-item.ts'

/** As many visits as Today shows before it is asked for more. */
const SHOWN = 8

/** The rows that a day is drawn from, and what was foreseen of it. */
export type Day = { readonly rows: CacheRows; readonly foreseen: ForeseenDay | undefined }

/**
 * What Today is drawn from, a hundredth of what a phone holds: its first visits, the reader's round, who is to be called, and
 * the accounts that unfinished work names. The first visits are those that were foreseen, else what last visits tell of them.
 * Null when nothing is due, or when what is due cannot be told without all rows.
 */
export async function readDay(
  db: CacheDb,
  items: readonly OutboxItem[],
  today: string,
  membershipId: string,
): Promise<Day | null> {
  const onTop = items.filter(({ left, arrived }) => !left && !arrived)
  if (onTop.some(needsAll)) return null
  const [foreseen, callbacks] = await Promise.all([readForeseen(db, today), readAtOnce(db, 'callbacks')])
  const called = callbacksDue([...callbacks.values()], today)
  const named = onTop.flatMap(({ operation: { kind, entityId, body } }) =>
    'accountId' in body ? body.accountId : kind.startsWith('account.') ? entityId : [],
  )
  const tellDue = async () => {
    const due = await db.getAll('due')
    const accounts = due.flatMap((block) => unpackRows<DueRow>(block).map(dueAccount))
    // Unfinished work may have been a visit: the next ones take the place of as many.
    return firstDue({ accounts, callbacks: called }, today, SHOWN + named.length)
  }
  const visits = foreseen?.ids ?? (await tellDue())
  if (visits.length === 0) return null
  const ids = new Set([
    ...named,
    ...(readKept(membershipId)?.ids ?? []),
    ...called.map(({ accountId }) => accountId),
    ...visits,
  ])
  const keys = [...new Set([...ids].map(blockOf))]
  const read = async <R extends AccountRow | ContactRow>(noun: 'accounts' | 'contacts'): Promise<R[]> => {
    const blocks = await readKeys(db, noun, keys)
    return blocks.flatMap((block) => (block ? unpackRows<R>(block) : []))
  }
  const [rows, contacts] = await Promise.all([read<AccountRow>('accounts'), read<ContactRow>('contacts')])
  return {
    rows: {
      accounts: new Map(rows.flatMap((row) => (ids.has(row.id) ? [[row.id, row]] : []))),
      contacts: new Map(contacts.flatMap((row) => (ids.has(row.accountId) ? [[row.id, row]] : []))),
      reports: new Map(),
      callbacks,
    },
    foreseen,
  }
}

const dueAccount = ([id, lastVisitDay, visitEveryDays, priority]: DueRow) => ({
  id,
  lastVisitDay,
  visitEveryDays,
  priority,
})

/** Whether what is shown of it cannot be told without all rows: those it changes, or the row that it made of a report. */
const needsAll = ({ operation: { kind }, state, answer }: OutboxItem): boolean =>
  state === 'phone'
    ? kind === 'contact.update' ||
      (kind.startsWith('report.') && (answer !== null || kind !== 'report.create'))
    : state === 'accepted' && kind.startsWith('report.')
