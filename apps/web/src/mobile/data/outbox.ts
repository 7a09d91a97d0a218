import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'
import type { OutboxDb } from './databases.ts'
import { finalAnswer, type OutboxItem, stateAfter } from './outbox-item.ts'
import { vaultOf } from './vault.ts'

/** What a screen hands over: place, sequence and envelope are added here. */
export type NewOperation = {
  readonly [K in Operation['kind']]: Omit<
    Extract<Operation, { kind: K }>,
    'opId' | 'seq' | 'capturedAt' | 'clockOffset'
  >
}[Operation['kind']]

export type Stamp = { readonly newId: () => string; readonly now: () => Date; readonly clockOffset: number }

/**
 * Saves operations in one strictly durable transaction: when it resolves they are on the phone, whatever happens next.
 * The draft they came from goes in the same transaction.
 */
export async function saveOperations(
  db: OutboxDb,
  operations: readonly NewOperation[],
  stamp: Stamp,
  draftId: string | null = null,
): Promise<OutboxItem[]> {
  // One save is one moment: by it the screens know what was done in the same breath.
  const at = stamp.now().toISOString()
  const items = operations.map((wanted) => {
    const { clockOffset } = stamp
    const operation = { ...wanted, opId: stamp.newId(), seq: 0, capturedAt: at, clockOffset } as Operation
    return { operation, state: 'phone', savedAt: at, answeredAt: null, answer: null } as const
  })
  // Before the transaction, which waits for nothing but itself.
  const lying = await closed(db, items)
  const tx = db.transaction(['operations', 'sequence', 'drafts'], 'readwrite', { durability: 'strict' })
  const sequence = tx.objectStore('sequence')
  const saved: OutboxItem[] = []
  for (const [index, item] of items.entries()) {
    const { entityId } = item.operation
    const seq = ((await sequence.get(entityId)) ?? 0) + 1
    sequence.put(seq, entityId)
    const place = await tx.objectStore('operations').add(numbered(lying[index] ?? item, seq) as OutboxItem)
    saved.push({ ...numbered(item, seq), place })
  }
  if (draftId !== null) tx.objectStore('drafts').delete(draftId)
  await tx.done
  return saved
}

type Unplaced = Omit<OutboxItem, 'place'>

const numbered = <Item extends Unplaced>(item: Item, seq: number): Item => ({
  ...item,
  operation: { ...item.operation, seq },
})

/** Items as they are to lie on the phone. */
async function closed<Item extends Unplaced>(db: OutboxDb, items: readonly Item[]): Promise<readonly Item[]> {
  const vault = vaultOf(db)
  return vault ? Promise.all(items.map(vault.closeItem)) : items
}

/** Throws where they lie closed and this page has no code: another locked the phone since. */
export async function readOutbox(db: OutboxDb): Promise<OutboxItem[]> {
  const items = await db.getAll('operations')
  const vault = vaultOf(db)
  if (vault) return Promise.all(items.map(vault.openItem))
  if (items.some(({ operation }) => 'sealed' in operation.body)) throw new Error('Locked.')
  return items
}

/** Notes what the server said of a batch, in its order. "waiting" leaves an operation on the phone, to be sent again. */
export async function noteAnswers(
  db: OutboxDb,
  sent: readonly OutboxItem[],
  answers: readonly OperationAnswer[],
  at: string,
): Promise<OutboxItem[]> {
  const noted = sent.map((item, index): OutboxItem => {
    const answer = answers[index]
    if (!answer) return item
    const noted = { ...item, state: stateAfter(answer), answeredAt: at, answer: finalAnswer(answer) }
    // Sent again, and known there: what became of it is among the rows, or no longer the reader's.
    const again = item.answer?.status === 'applied' && answer.status === 'duplicate'
    return again ? { ...noted, left: true } : noted
  })
  return rewrite(db, noted)
}

async function rewrite(db: OutboxDb, items: OutboxItem[]): Promise<OutboxItem[]> {
  const lying = await closed(db, items)
  const tx = db.transaction('operations', 'readwrite')
  for (const item of lying) tx.store.put(item)
  await tx.done
  return items
}

/** Notes that what these accepted operations changed has left this phone. */
export const noteLeft = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  rewrite(
    db,
    items.map((item) => ({ ...item, left: true })),
  )

/** Notes that the rows of these accepted operations have come back. */
export const noteArrived = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  rewrite(
    db,
    items.map((item) => ({ ...item, arrived: true })),
  )

/** Makes answered operations wait again: restored data may lack them, and answers "duplicate" to those it has. */
export const sendAgain = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  rewrite(
    db,
    items.map(({ arrived: _, ...item }) => ({ ...item, state: 'phone' })),
  )

/** Days an accepted operation is kept: as long as a backup that may be restored is fresh enough to be of use. */
const KEPT_DAYS = 30
/** Returns noted as seen are many and nobody's work. */
const NOTES_KEPT_DAYS = 7

/** Lets go of accepted operations in time; nothing that waits or was set aside is ever removed. */
export async function letGo(db: OutboxDb, now: Date): Promise<void> {
  const tx = db.transaction('operations', 'readwrite')
  for await (const cursor of tx.store) {
    const { state, answeredAt, operation } = cursor.value
    const days = operation.kind === 'giveback.record' ? NOTES_KEPT_DAYS : KEPT_DAYS
    const old = answeredAt !== null && now.getTime() - Date.parse(answeredAt) > days * 86_400_000
    if (state === 'accepted' && old) cursor.delete()
  }
  await tx.done
}
