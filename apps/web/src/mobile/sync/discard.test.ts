import 'fake-indexeddb/auto'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import { beforeEach, describe, expect, it } from 'vitest'
import { type OutboxDb, openDatabases } from '../data/databases.ts'
import { newId } from '../data/new-id.ts'
import { letGo, type NewOperation, noteAnswers, readOutbox, saveOperations } from '../data/outbox.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import { settle } from './choose.ts'
import { discard, takeBack, withDependents } from './discard.ts'

let outbox: OutboxDb
const stamp = { newId, now: () => new Date('2026-11-20T10:00:00Z'), clockOffset: 0 }
beforeEach(async () => {
  outbox = (await openDatabases(newId())).outbox
})

const callback = (accountId: string, entityId = newId()): NewOperation => ({
  kind: 'callback.set',
  entityId,
  base: 0,
  body: { accountId, contactId: null, dueDay: '2026-12-01', reason: 'Après 17 h' },
})
const prospect = (entityId: string): NewOperation =>
  ({ kind: 'account.create', entityId, base: 0, body: { name: 'Harispe', values: {} } }) as NewOperation
const named = (entityId: string, name: string): NewOperation => ({
  kind: 'account.update',
  entityId,
  base: 1,
  body: { name },
})
const kept = async (...operations: readonly NewOperation[]): Promise<OutboxItem[]> =>
  saveOperations(outbox, operations, stamp)
const told = (item: OutboxItem | undefined, version: number): OperationAnswer => ({
  status: 'applied',
  opId: item?.operation.opId ?? '',
  version,
})
const kindsAndStates = async () =>
  (await readOutbox(outbox)).map(({ operation, state }) => `${operation.kind} ${state}`)

describe('what hangs on thrown-away work', () => {
  it('is all that names what it makes, and nothing that follows a mere correction', async () => {
    const items = await kept(
      prospect('p'),
      callback('p', 'k'),
      named('p', 'x'),
      callback('q'),
      named('q', 'y'),
    )
    const places = (of: readonly OutboxItem[]) =>
      of.map(({ place }) => items.findIndex((i) => i.place === place))
    expect(places(withDependents(items.slice(0, 1), items))).toEqual([0, 1, 2])
    expect(places(withDependents(items.slice(2, 3), items))).toEqual([2])
  })
})

describe('work thrown away', () => {
  it('is kept whole for a month, and its place is still sent', async () => {
    const [item] = await kept(callback('a'))
    await discard(outbox, [item as OutboxItem])
    const [thrown] = await readOutbox(outbox)
    expect(thrown?.discarded).toEqual(item?.operation)
    expect(thrown?.operation).toMatchObject({ kind: 'operation.discard', opId: item?.operation.opId, seq: 1 })
    expect(await kindsAndStates()).toEqual(['operation.discard phone'])
    await noteAnswers(outbox, [thrown as OutboxItem], [told(thrown, 0)], '2026-11-20T10:00:01Z')
    expect((await readOutbox(outbox))[0]?.discarded).toEqual(item?.operation)
    await letGo(outbox, new Date('2026-12-19T10:00:00Z'))
    expect(await readOutbox(outbox)).toHaveLength(1)
    await letGo(outbox, new Date('2026-12-21T10:00:00Z'))
    expect(await readOutbox(outbox)).toHaveLength(0)
  })

  it('that the server had already stands, whether it was thrown away before or after it left', async () => {
    const [item] = await kept(callback('a'))
    await discard(outbox, [item as OutboxItem])
    // The answer to what was under way is the operation's own.
    const [noted] = await noteAnswers(outbox, [item as OutboxItem], [told(item, 1)], '2026-11-20T10:00:01Z')
    expect(noted?.operation).toEqual(item?.operation)
    expect(noted?.discarded).toBeUndefined()
    expect(noted?.stands).toBe(true)
    expect(await kindsAndStates()).toEqual(['callback.set accepted'])
  })

  it('while the server made it wait stays thrown away', async () => {
    const [item] = await kept(callback('a'))
    await discard(outbox, [item as OutboxItem])
    await noteAnswers(outbox, [item as OutboxItem], [{ status: 'waiting', opId: '' }], '2026-11-20T10:00:01Z')
    expect((await readOutbox(outbox))[0]?.discarded).toEqual(item?.operation)
  })

  it('that was accepted meanwhile is not thrown away', async () => {
    const [item] = await kept(callback('a'))
    await noteAnswers(outbox, [item as OutboxItem], [told(item, 1)], '2026-11-20T10:00:01Z')
    await discard(outbox, [item as OutboxItem])
    expect(await kindsAndStates()).toEqual(['callback.set accepted'])
  })
})

describe('work taken back', () => {
  it('waits again as it was typed, after the place it had held', async () => {
    const [item] = await kept(callback('a', 'k'))
    await discard(outbox, [item as OutboxItem])
    await takeBack(outbox, await readOutbox(outbox), newId)
    const [held, again] = await readOutbox(outbox)
    expect(held?.discarded).toBeUndefined()
    expect(again?.operation).toEqual({ ...item?.operation, opId: again?.operation.opId, seq: 2 })
    expect(again?.operation.opId).not.toBe(item?.operation.opId)
    expect(again?.savedAt).toBe(item?.savedAt)
    await takeBack(outbox, await readOutbox(outbox), newId)
    expect(await readOutbox(outbox)).toHaveLength(2)
  })

  it('is set aside again where the server had set it aside', async () => {
    const [item] = await kept(callback('a'))
    const refused: OperationAnswer = { status: 'quarantined', opId: null, code: 'OP_FORBIDDEN', path: [] }
    await noteAnswers(outbox, [item as OutboxItem], [refused], '2026-11-20T10:00:01Z')
    await discard(outbox, await readOutbox(outbox))
    expect(await kindsAndStates()).toEqual(['operation.discard accepted'])
    await takeBack(outbox, await readOutbox(outbox), newId)
    expect(await kindsAndStates()).toEqual(['callback.set aside'])
  })
})

it('what the person chose of is noted field by field', async () => {
  const [item] = await kept(named('a', 'x'))
  await settle(outbox, item?.place ?? 0, ['name'])
  await settle(outbox, item?.place ?? 0, ['city'])
  expect((await readOutbox(outbox))[0]?.settled).toEqual(['name', 'city'])
})
