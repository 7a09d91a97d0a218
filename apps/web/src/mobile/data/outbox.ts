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
  const added = addAll(tx, lying)
  if (draftId !== null) tx.objectStore('drafts').delete(draftId)
  const given = await added
  await tx.done
  return items.map((item, at) => {
    const { place = 0, seq = 0 } = given[at] ?? {}
    return { ...numbered(item, seq), place }
  })
}

type Unplaced = Omit<OutboxItem, 'place'>

type Adding = {
  objectStore(name: 'operations'): { add(item: OutboxItem): Promise<IDBValidKey> }
  objectStore(name: 'sequence'): {
    get(entityId: string): Promise<number | undefined>
    put(seq: number, entityId: string): unknown
  }
}

type Given = { readonly place: number; readonly seq: number }

/** Adds items in their order, each as the next of its entity. Asked together: each answer is waited for by a thumb. */
async function addAll(tx: Adding, items: readonly Unplaced[]): Promise<Given[]> {
  const sequence = tx.objectStore('sequence')
  const ids = [...new Set(items.map(({ operation }) => operation.entityId))]
  const last = new Map(await Promise.all(ids.map(async (id) => [id, (await sequence.get(id)) ?? 0] as const)))
  return Promise.all(
    items.map(async (item) => {
      const { entityId } = item.operation
      const seq = (last.get(entityId) ?? 0) + 1
      last.set(entityId, seq)
      sequence.put(seq, entityId)
      const place = await tx.objectStore('operations').add(numbered(item, seq) as OutboxItem)
      return { place: place as number, seq }
    }),
  )
}

const numbered = <Item extends Unplaced>(item: Item, seq: number): Item => ({
  ...item,
  operation: { ...item.operation, seq },
})

/** Items as they are to lie on the phone. */
async function closed<Item extends Unplaced>(db: OutboxDb, items: readonly Item[]): Promise<readonly Item[]> {
  const vault = vaultOf(db)
  return vault ? Promise.all(items.map(vault.closeItem)) : items
}

export const readOutbox = async (db: OutboxDb): Promise<OutboxItem[]> =>
  opened(db, await db.getAll('operations'))

/** Throws where they lie closed and this page has no code: another locked the phone since. */
async function opened(db: OutboxDb, items: OutboxItem[]): Promise<OutboxItem[]> {
  const vault = vaultOf(db)
  if (vault) return Promise.all(items.map(vault.openItem))
  if (items.some(({ operation }) => 'sealed' in operation.body)) throw new Error('Locked.')
  return items
}

/** Of an item: what is to lie in its place, and what is saved besides as the next of its entity. Null leaves it as it is. */
export type Change = { readonly item: OutboxItem; readonly again?: Unplaced } | null

/**
 * Changes items as they lie by now, all or none: what another tab made of one meanwhile is seen, and the change made anew.
 * Answers them as they then are.
 */
export async function changeItems(
  db: OutboxDb,
  places: readonly number[],
  change: (item: OutboxItem) => Change,
): Promise<OutboxItem[]> {
  if (places.length === 0) return []
  for (;;) {
    const { store } = db.transaction('operations')
    const lying = (await Promise.all(places.map((place) => store.get(place)))).filter(
      (item) => item !== undefined,
    )
    const items = await opened(db, lying)
    const changes = items.map(change)
    // Before the transaction, which waits for nothing but itself.
    const [put, added] = await Promise.all([
      closed(
        db,
        changes.flatMap((one) => one?.item ?? []),
      ),
      closed(
        db,
        changes.flatMap((one) => one?.again ?? []),
      ),
    ])
    if (await writeUnless(db, lying, { put, added }))
      return items.map((item, at) => changes[at]?.item ?? item)
  }
}

type Written = { readonly put: readonly OutboxItem[]; readonly added: readonly Unplaced[] }

/** Writes unless one of the items no longer lies as it was read. */
async function writeUnless(
  db: OutboxDb,
  read: readonly OutboxItem[],
  { put, added }: Written,
): Promise<boolean> {
  const tx = db.transaction(['operations', 'sequence'], 'readwrite', { durability: 'strict' })
  const operations = tx.objectStore('operations')
  const lying = await Promise.all(read.map(({ place }) => operations.get(place)))
  if (lying.some((now, at) => asLies(now) !== asLies(read[at]))) {
    await tx.done
    return false
  }
  for (const item of put) operations.put(item)
  await addAll(tx, added)
  await tx.done
  return true
}

const asLies = (item: OutboxItem | undefined): string =>
  JSON.stringify(item, (_, value) =>
    value instanceof ArrayBuffer ? new Uint8Array(value).join() : (value as unknown),
  ) ?? ''

/**
 * Notes what the server said of a batch, in its order. "waiting" leaves an operation as it is, to be sent again; one that
 * was thrown away meanwhile, or too late, stands when the server has it.
 */
export function noteAnswers(
  db: OutboxDb,
  sent: readonly OutboxItem[],
  answers: readonly OperationAnswer[],
  at: string,
): Promise<OutboxItem[]> {
  const said = new Map(sent.map((item, index) => [item.place, { before: item, answer: answers[index] }]))
  return changeItems(db, [...said.keys()], (item) => {
    const { before, answer } = said.get(item.place) ?? {}
    if (!before || !answer) return null
    const final = finalAnswer(answer)
    if (final.status === 'waiting') return null
    const { discarded, left: _, ...kept } = item
    const stands = final.status === 'applied' && final.version > 0
    // Sent again, and known there: what became of it is among the rows, or no longer the reader's.
    const again = before.answer?.status === 'applied' && answer.status === 'duplicate'
    return {
      item: {
        ...kept,
        ...(discarded && (stands ? { operation: discarded, stands: true } : { discarded })),
        ...((again || before.left) && { left: true }),
        state: discarded ? 'accepted' : stateAfter(answer),
        answeredAt: at,
        answer: final,
      },
    }
  })
}

const noteAll = (
  db: OutboxDb,
  items: readonly OutboxItem[],
  change: (item: OutboxItem) => OutboxItem,
): Promise<OutboxItem[]> =>
  changeItems(
    db,
    items.map(({ place }) => place),
    (item) => ({ item: change(item) }),
  )

/** Notes that what these accepted operations changed has left this phone. */
export const noteLeft = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  noteAll(db, items, (item) => ({ ...item, left: true }))

/** Notes that the rows of these accepted operations have come back. */
export const noteArrived = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  noteAll(db, items, (item) => ({ ...item, arrived: true }))

/** Makes answered operations wait again: restored data may lack them, and answers "duplicate" to those it has. */
export const sendAgain = (db: OutboxDb, items: readonly OutboxItem[]): Promise<OutboxItem[]> =>
  noteAll(db, items, ({ arrived: _, ...item }) => ({ ...item, state: 'phone' }))

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
