import 'fake-indexeddb/auto'
import { gunzipSync } from 'node:zlib'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabases } from './databases.ts'
import { newId } from './new-id.ts'
import { type NewOperation, readOutbox, sendAgain } from './outbox.ts'
import { openStore, type PhoneStore } from './store.ts'

// A server of the exchange's shape: what it holds is a set of operations, and it can be put back to an earlier set.
let epoch: string
let held: Set<string>
let pushes: string[][]
let startsOver: boolean
let gone: string[]
let offline: boolean
let store: PhoneStore | null

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

async function serve(path: string, init: RequestInit): Promise<Response> {
  if (offline) throw new TypeError('fetch failed')
  const sent = init.body as string | ArrayBuffer
  const text = typeof sent === 'string' ? sent : gunzipSync(Buffer.from(sent)).toString()
  const body = JSON.parse(text) as { epoch: string | null; cursor: string | null; operations: Operation[] }
  const serverTime = '2026-11-20T10:00:00.000Z'
  if (path === '/api/sync/push') {
    if (body.epoch !== null && body.epoch !== epoch) return answer(409, { code: 'EPOCH_CHANGED' })
    pushes.push(body.operations.map(({ opId }) => opId))
    const answers = body.operations.map(({ opId }) => {
      const first = { status: 'applied', opId, version: 1 }
      const known = held.has(opId)
      held.add(opId)
      return known ? { status: 'duplicate', opId, first } : first
    })
    return answer(200, { answers, serverTime })
  }
  const page: PullPage = {
    protocol: 1,
    cursor: epoch,
    more: false,
    reset: startsOver || body.cursor !== epoch,
    epoch,
    serverTime,
    me: { orgId: 'o', membershipId: 'm', locale: 'fr', displayName: 'Maialen', territoryIds: [] },
    accounts: [],
    contacts: [],
    reports: [],
    callbacks: [],
    left: [],
    gone,
    frameTag: 'f',
    frame: null,
    pack: null,
  }
  return answer(200, page)
}

beforeEach(() => {
  epoch = newId()
  held = new Set()
  pushes = []
  startsOver = false
  gone = []
  offline = false
  store = null
  vi.stubGlobal('fetch', serve)
  vi.stubGlobal('document', { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('removeEventListener', () => {})
  vi.stubGlobal('navigator', {
    locks: { request: (_: string, work: () => Promise<void>) => work() },
  })
})
afterEach(() => {
  store?.close()
  vi.unstubAllGlobals()
})

const open = async (membershipId: string): Promise<PhoneStore> => {
  store = await openStore({ orgId: 'o', membershipId, displayName: 'Maialen', locale: 'fr' })
  return store
}
const renamed = (city: string): NewOperation => ({
  kind: 'account.update',
  entityId: newId(),
  base: 1,
  body: { city },
})
const allAccepted = (phone: PhoneStore) =>
  vi.waitFor(() => {
    const { outbox, sync } = phone.getState()
    expect([sync, ...outbox.map(({ state }) => state)]).toEqual(['idle', ...outbox.map(() => 'accepted')])
  })

describe('after a restore', () => {
  it('all that was accepted is sent again in its order, before what was typed since', async () => {
    const phone = await open(newId())
    await phone.save([renamed('Espelette'), renamed('Hasparren')])
    await allAccepted(phone)
    const before = phone.getState().outbox.map(({ operation }) => operation.opId)
    held = new Set(before.slice(0, 1))
    epoch = newId()
    pushes = []
    await phone.save([renamed('Ciboure')])
    await allAccepted(phone)
    const all = phone.getState().outbox.map(({ operation }) => operation.opId)
    expect(pushes).toEqual([all])
    expect(all.slice(0, 2)).toEqual(before)
    expect([...held].sort()).toEqual([...all].sort())
  })

  it('a phone that was cut off once all waited again sends it when it is opened, not a minute later', async () => {
    const membershipId = newId()
    const phone = await open(membershipId)
    await phone.save([renamed('Espelette')])
    await allAccepted(phone)
    phone.close()
    epoch = newId()
    held = new Set()
    const { cache, outbox } = await openDatabases(membershipId)
    await sendAgain(outbox, await readOutbox(outbox))
    cache.close()
    outbox.close()
    const reopened = await open(membershipId)
    await allAccepted(reopened)
    expect(held.size).toBe(1)
  })

  it('nothing is sent again when only the reader’s branches changed, which starts over too', async () => {
    const phone = await open(newId())
    await phone.save([renamed('Espelette')])
    await allAccepted(phone)
    pushes = []
    startsOver = true
    phone.sync()
    await vi.waitFor(() => expect(phone.getState().outbox[0]?.left).toBe(true))
    await allAccepted(phone)
    expect(pushes).toEqual([])
  })
})

it('work of a tab that was closed is sent by the one that stays open', async () => {
  const membershipId = newId()
  const stays = await open(membershipId)
  await allAccepted(stays)
  offline = true
  const closed = await open(membershipId)
  await closed.save([renamed('Espelette')])
  closed.close()
  offline = false
  store = stays
  stays.sync()
  await vi.waitFor(() => expect(held.size).toBe(1))
  await allAccepted(stays)
  expect(stays.getState().outbox).toHaveLength(1)
})

it('a contact that was made here and deleted at a desk leaves this phone', async () => {
  const phone = await open(newId())
  const body = {
    accountId: newId(),
    firstName: 'Maider',
    lastName: 'Harispe',
    jobTitle: null,
    phone: null,
    email: null,
    values: {},
  }
  const made: NewOperation = { kind: 'contact.create', entityId: newId(), base: 0, body }
  await phone.save([made])
  await allAccepted(phone)
  gone = [made.entityId]
  phone.sync()
  await vi.waitFor(() => expect(phone.getState().outbox[0]?.left).toBe(true))
})

describe('the phone’s clock', () => {
  afterEach(() => void vi.useRealTimers())
  const idle = (phone: PhoneStore) => vi.waitFor(() => expect(phone.getState().sync).toBe('idle'))
  const wrong = (now: string) => vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) })

  it('is known to be wrong from one opening to the next, without a network', async () => {
    const id = newId()
    wrong('2026-11-20T07:00:00.000Z')
    const first = await open(id)
    await idle(first)
    first.close()
    offline = true
    const phone = await open(id)
    await phone.save([renamed('Espelette')])
    const offset = phone.getState().outbox[0]?.operation.clockOffset ?? 0
    expect(Math.abs(offset - 3 * 3_600_000)).toBeLessThan(60_000)
  })

  it('set months ahead lets go of nothing that was accepted lately', async () => {
    const id = newId()
    const first = await open(id)
    await first.save([renamed('Espelette')])
    await allAccepted(first)
    first.close()
    wrong('2027-06-01T10:00:00.000Z')
    const phone = await open(id)
    await idle(phone)
    phone.close()
    expect((await open(id)).getState().outbox).toHaveLength(1)
  })
})
