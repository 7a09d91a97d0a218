import type { OutboxDb } from '../data/databases.ts'
import { changeItems } from '../data/outbox.ts'
import type { OutboxItem } from '../data/outbox-item.ts'

const note = async (db: OutboxDb, place: number, change: (item: OutboxItem) => OutboxItem): Promise<void> => {
  await changeItems(db, [place], (item) => ({ item: change(item) }))
}

/** Notes that the person has chosen, of fields that somebody else changed too. */
export const settle = (db: OutboxDb, place: number, fields: readonly string[]): Promise<void> =>
  note(db, place, (item) => ({ ...item, settled: [...(item.settled ?? []), ...fields] }))

/** Notes that what a report lacks is left to the next contact. */
export const defer = (db: OutboxDb, place: number): Promise<void> =>
  note(db, place, (item) => ({ ...item, deferred: true }))
