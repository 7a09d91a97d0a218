import type { AsideSettled } from '@fieldback/domain/quarantine/settled'
import type { OutboxDb } from '../data/databases.ts'
import { changeItems, readOutbox } from '../data/outbox.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { PhoneStore } from '../data/store.ts'
import { changeTogether } from './outbox-together.ts'
import { post } from './transport.ts'

/** What the server takes in one question. */
const ASKED_MOST = 200

/**
 * Asks what managers made of what the server set aside, and tells it what was taken back here: it would otherwise be
 * filed there and done again here. Without a network nothing changes, and the next opening asks again.
 */
export async function hearSettled(store: PhoneStore): Promise<void> {
  const { outbox } = store.getState()
  const open = outbox.filter(({ answer, returned, takenBack }) => isAside(answer) && !returned && !takenBack)
  const idsOf = (items: readonly OutboxItem[]) =>
    items.slice(0, ASKED_MOST).map(({ operation }) => operation.opId)
  const opIds = idsOf(open.filter(({ state }) => state === 'aside'))
  const takenBack = idsOf(open.filter(({ discarded }) => discarded))
  if (opIds.length + takenBack.length === 0) return
  const { settled } = await post<{ settled: readonly AsideSettled[] }>(
    '/api/sync/settled',
    { opIds, takenBack },
    false,
  )
  if (settled.length > 0) await changeTogether(store, (db) => noteSettled(db, settled))
}

const isAside = (answer: OutboxItem['answer']): boolean => answer?.status === 'quarantined'

export async function noteSettled(db: OutboxDb, settled: readonly AsideSettled[]): Promise<void> {
  const byOp = new Map(settled.map((told) => [told.opId, told]))
  const places = (await readOutbox(db))
    .filter(({ operation }) => byOp.has(operation.opId))
    .map(({ place }) => place)
  await changeItems(db, places, (item) => {
    const told = byOp.get(item.operation.opId)
    return told && isAside(item.answer) ? { item: after(item, told) } : null
  })
}

/** What was accepted comes with the server's rows, as it was repaired; thrown away too late, it stands. */
function after(item: OutboxItem, { kind, by, word, at, answer }: AsideSettled): OutboxItem {
  if (kind === 'returned') return { ...item, returned: { by, word: word ?? '' } }
  if (kind === 'taken_back') return { ...item, takenBack: true }
  const { discarded, ...kept } = item
  const late = discarded ? ({ operation: discarded, stands: true } as const) : {}
  return { ...kept, ...late, state: 'accepted', answeredAt: at, answer, left: true }
}
