import 'fake-indexeddb/auto'
import type { AsideSettled } from '@fieldback/domain/quarantine/settled'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import { beforeEach, expect, it } from 'vitest'
import { type OutboxDb, openDatabases } from '../data/databases.ts'
import { newId } from '../data/new-id.ts'
import { type NewOperation, noteAnswers, readOutbox, saveOperations } from '../data/outbox.ts'
import { discard } from './discard.ts'
import { noteSettled } from './hear-settled.ts'

const AT = '2026-11-20T10:00:00.000Z'
let outbox: OutboxDb
beforeEach(async () => {
  outbox = (await openDatabases(newId())).outbox
})

/** One call-back that the server has set aside. */
async function aside(): Promise<{ opId: string; place: number }> {
  const callback: NewOperation = {
    kind: 'callback.set',
    entityId: newId(),
    base: 0,
    body: { accountId: newId(), contactId: null, dueDay: '2026-12-01', reason: 'Après 17 h' },
  }
  const saved = await saveOperations(outbox, [callback], { newId, now: () => new Date(AT), clockOffset: 0 })
  const { opId } = saved[0]?.operation ?? { opId: '' }
  const answer: OperationAnswer = { status: 'quarantined', opId, code: 'OP_FORBIDDEN', path: [] }
  await noteAnswers(outbox, saved, [answer], AT)
  return { opId, place: saved[0]?.place ?? 0 }
}
const settled = (opId: string, over: Partial<AsideSettled>): AsideSettled => ({
  opId,
  kind: 'accepted',
  by: 'Claire',
  at: AT,
  word: null,
  answer: { status: 'applied', opId: newId(), version: 1 },
  ...over,
})
const only = async () => (await readOutbox(outbox))[0]

it('what a manager accepted is accepted here, and shows as the server has it', async () => {
  const { opId } = await aside()
  await noteSettled(outbox, [settled(opId, {}), settled(newId(), {})])
  expect(await only()).toMatchObject({ state: 'accepted', left: true, answer: { status: 'applied' } })
})

it('what is returned stays here whole, with the sentence and who said it', async () => {
  const { opId } = await aside()
  const before = await only()
  await noteSettled(outbox, [settled(opId, { kind: 'returned', word: 'À refaire', answer: null })])
  expect(await only()).toEqual({ ...before, returned: { by: 'Claire', word: 'À refaire' } })
})

it('what was accepted before it was thrown away here stands, and is said to', async () => {
  const { opId } = await aside()
  await discard(outbox, await readOutbox(outbox))
  await noteSettled(outbox, [settled(opId, {})])
  const item = await only()
  expect(item).toMatchObject({ stands: true, state: 'accepted', operation: { kind: 'callback.set' } })
  expect(item?.discarded).toBeUndefined()
})

it('what was accepted here is not undone by an old word', async () => {
  const { opId } = await aside()
  await noteSettled(outbox, [settled(opId, {})])
  await noteSettled(outbox, [settled(opId, { kind: 'returned', word: 'À refaire', answer: null })])
  expect((await only())?.returned).toBeUndefined()
})
