import type { Operation } from '@fieldback/domain/sync/operation'
import type { OutboxDb } from '../data/databases.ts'
import { changeItems } from '../data/outbox.ts'
import type { OutboxItem } from '../data/outbox-item.ts'

const MAKES: ReadonlySet<string> = new Set([
  'report.create',
  'account.create',
  'contact.create',
  'callback.set',
])

/** Items with all that hangs on what they make, in the order of typing: what has no ground any more goes with it. */
export function withDependents(items: readonly OutboxItem[], outbox: readonly OutboxItem[]): OutboxItem[] {
  const places = new Set(items.map(({ place }) => place))
  const made = new Set<string>()
  const open = outbox.filter((item) => item.state !== 'accepted')
  for (const { place, operation } of open) {
    const { entityId, body, kind } = operation
    const named = [entityId, ...Object.values({ accountId: null, contactId: null, ...body })]
    if (named.some((id) => typeof id === 'string' && made.has(id))) places.add(place)
    if (places.has(place) && MAKES.has(kind)) made.add(entityId)
  }
  return open.filter(({ place }) => places.has(place))
}

const placeholder = ({ opId, entityId, seq, base, capturedAt, clockOffset }: Operation): Operation => ({
  opId,
  entityId,
  seq,
  base,
  capturedAt,
  clockOffset,
  kind: 'operation.discard',
  body: {},
})

/**
 * Throws work away, whole and for as long as accepted work is kept. The server is told, since it may have it already: it
 * then stands. What the server set aside it keeps.
 */
export async function discard(db: OutboxDb, items: readonly OutboxItem[]): Promise<void> {
  await changeItems(db, items.map(placeOf), (item) =>
    // Answered meanwhile, in this tab or another.
    item.state === 'accepted' || item.discarded
      ? null
      : {
          item: {
            ...item,
            operation: placeholder(item.operation),
            discarded: item.operation,
            state: item.state === 'aside' ? 'accepted' : 'phone',
          },
        },
  )
}

const placeOf = ({ place }: OutboxItem): number => place

/** Takes thrown-away work back: as it was where the server set it aside, else to be sent as if just saved. */
export async function takeBack(
  db: OutboxDb,
  items: readonly OutboxItem[],
  newId: () => string,
): Promise<void> {
  await changeItems(db, items.map(placeOf), (item) => {
    const { discarded, ...rest } = item
    if (!discarded) return null
    if (item.answer?.status === 'quarantined')
      return { item: { ...rest, operation: discarded, state: 'aside' } }
    const again = {
      operation: { ...discarded, opId: newId() },
      state: 'phone',
      savedAt: item.savedAt,
      answeredAt: null,
      answer: null,
    } as const
    return { item: rest, again }
  })
}
