import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'
import type { OutboxDb } from './databases.ts'
import { finalAnswer, type OutboxItem, stateAfter } from './outbox-item.ts'

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
  const tx = db.transaction(['operations', 'sequence', 'drafts'], 'readwrite', { durability: 'strict' })
  const sequence = tx.objectStore('sequence')
  const saved: OutboxItem[] = []
  // One save is one moment: by it the screens know what was done in the same breath.
  const now = stamp.now()
  for (const wanted of operations) {
    const seq = ((await sequence.get(wanted.entityId)) ?? 0) + 1
    sequence.put(seq, wanted.entityId)
    const operation = {
      ...wanted,
      opId: stamp.newId(),
      seq,
      capturedAt: now.toISOString(),
      clockOffset: stamp.clockOffset,
    } as Operation
    const item = {
      operation,
      state: 'phone',
      savedAt: now.toISOString(),
      answeredAt: null,
      answer: null,
    } as const
    const place = await tx.objectStore('operations').add(item as unknown as OutboxItem)
    saved.push({ ...item, place })
  }
  if (draftId !== null) tx.objectStore('drafts').delete(draftId)
  await tx.done
  return saved
}

export const readOutbox = (db: OutboxDb): Promise<OutboxItem[]> => db.getAll('operations')

/**
 * Notes what the server said of a batch, in its order. "waiting" leaves an operation as it is, to be sent again; one that
 * was thrown away meanwhile, or too late, stands when the server has it.
 */
export async function noteAnswers(
  db: OutboxDb,
  sent: readonly OutboxItem[],
  answers: readonly OperationAnswer[],
  at: string,
): Promise<OutboxItem[]> {
  const tx = db.transaction('operations', 'readwrite')
  const noted: OutboxItem[] = []
  for (const [index, { place, answer: before, left }] of sent.entries()) {
    const item = await tx.store.get(place)
    const answer = answers[index]
    if (!item || !answer) continue
    const final = finalAnswer(answer)
    if (final.status === 'waiting') {
      noted.push(item)
      continue
    }
    const { discarded, left: _, ...kept } = item
    const stands = final.status === 'applied' && final.version > 0
    // Sent again, and known there: what became of it is among the rows, or no longer the reader's.
    const again = before?.status === 'applied' && answer.status === 'duplicate'
    noted.push({
      ...kept,
      ...(discarded && (stands ? { operation: discarded, stands: true } : { discarded })),
      ...((again || left) && { left: true }),
      state: discarded ? 'accepted' : stateAfter(answer),
      answeredAt: at,
      answer: final,
    })
  }
  for (const item of noted) tx.store.put(item)
  await tx.done
  return noted
}

async function rewrite(db: OutboxDb, items: OutboxItem[]): Promise<OutboxItem[]> {
  const tx = db.transaction('operations', 'readwrite')
  for (const item of items) tx.store.put(item)
  await tx.done
  return items
}

/** Notes that what these accepted operations changed has left this phone. */
export const noteLeft = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  rewrite(
    db,
    items.map((item) => ({ ...item, left: true })),
  )

/** Makes answered operations wait again: restored data may lack them, and answers "duplicate" to those it has. */
export const sendAgain = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  rewrite(
    db,
    items.map((item) => ({ ...item, state: 'phone' })),
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
