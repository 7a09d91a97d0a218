import type { ScopedSql } from '@fieldback/db/scoped-db'
import { findAgenda, pullAccounts } from '@fieldback/db/sync/first-part.repo'
import type { PulledRow, Readable, Span } from '@fieldback/db/sync/pull.repo'
import { callbacksDue, dueVisits } from '@fieldback/domain/agenda/due-visits'

/** More than a day holds, and some seconds on a poor line. */
const ACCOUNTS = 60

/**
 * What a first load that takes several pages begins with: the accounts of the day, whole. They come besides the stream, in
 * which each comes again in its turn, so that the phone's place in it is still its start.
 */
export async function pullFirstPart(
  sdb: ScopedSql,
  told: Pick<Span, 'since' | 'assignees'>,
  readable: Readable,
): Promise<PulledRow[]> {
  const { day } = sdb.scope
  const agenda = await findAgenda(sdb, told.assignees)
  const named = [...callbacksDue(agenda.callbacks, day), ...dueVisits(agenda, day)]
  const ids = [...new Set(named.map(({ accountId }) => accountId))].slice(0, ACCOUNTS)
  return pullAccounts(sdb, ids, told, readable)
}
