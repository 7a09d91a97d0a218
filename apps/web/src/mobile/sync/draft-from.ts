import type { CacheRows } from '../data/cache.ts'
import { type Draft, newDraftId } from '../data/draft.ts'
import type { Work } from './outbox-work.ts'

/**
 * A report that the server set aside, as the form it was filled in; null when it is none, or when its account is not on
 * this phone. Answers to the cards that were accepted stay with them.
 */
export function draftFrom(
  { main, items }: Work,
  rows: Pick<CacheRows, 'accounts' | 'contacts'>,
): Draft | null {
  const { operation } = main
  if (operation.kind !== 'report.create' || !rows.accounts.has(operation.body.accountId)) return null
  const { accountId, contactId, kind, day, outcome, note, values, seconds } = operation.body
  const met = items.find((item) => item.operation.entityId === contactId && item.state !== 'accepted')
  const set = items.find((item) => item.operation.kind === 'callback.set' && item.state !== 'accepted')
  return {
    id: newDraftId(accountId),
    accountId,
    kind,
    day,
    contactId: contactId !== null && rows.contacts.has(contactId) ? contactId : null,
    newContact:
      met?.operation.kind === 'contact.create'
        ? { firstName: met.operation.body.firstName, lastName: met.operation.body.lastName }
        : null,
    outcome,
    note: note ?? '',
    answers: Object.fromEntries(Object.entries(values).map(([id, { x }]) => [id, x])),
    proposed: [],
    seconds,
    startedAt: operation.capturedAt,
    callback:
      set?.operation.kind === 'callback.set'
        ? { dueDay: set.operation.body.dueDay, reason: set.operation.body.reason }
        : null,
  }
}
