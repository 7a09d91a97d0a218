import type { AccountRow } from '@fieldback/domain/sync/pull'

/** Rows lie in blocks: some hundred are read and decoded in a fraction of the time that each by itself would take. */
export type Block = Uint8Array<ArrayBuffer>

/** What tells when an account is due: its id, last visit, days wanted between two, and priority. */
export type DueRow = readonly [
  string,
  AccountRow['lastVisitDay'],
  AccountRow['visitEveryDays'],
  AccountRow['priority'],
]
export const dueRow = ({ id, lastVisitDay, visitEveryDays, priority }: AccountRow): DueRow => [
  id,
  lastVisitDay,
  visitEveryDays,
  priority,
]

/** The last two digits of an id are drawn at random: 256 blocks of about the same size, however many rows there are. */
export const blockOf = (id: string): string => id.slice(-2)

export const packRows = (rows: readonly unknown[]): Block => new TextEncoder().encode(JSON.stringify(rows))

// One for all: an opening decodes hundreds.
const utf8 = new TextDecoder()

export const unpackRows = <R>(block: Block): R[] => JSON.parse(utf8.decode(block)) as R[]
