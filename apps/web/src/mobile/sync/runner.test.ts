import { gunzipSync } from 'node:zlib'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OutboxItem } from '../data/outbox-item.ts'
import { type Runner, type SyncTarget, startRunner } from './runner.ts'
import type { SyncState } from './sync-state.ts'

// The surroundings of a page, by hand: a clock that is moved on, a network that answers or not, locks of one browser.
let refused: number | null
let answerOf: (place: number) => OperationAnswer['status']
let pushes: number[][]
let calls: string[]
let events: Map<string, Set<() => void>>
let visible: DocumentVisibilityState
let locks: Map<string, Promise<unknown>>
let runners: Runner[]

const listen = (name: string, listener: () => void) =>
  events.set(name, (events.get(name) ?? new Set()).add(listener))
const unlisten = (name: string, listener: () => void) => events.get(name)?.delete(listener)
const happens = (name: string) => {
  for (const listener of events.get(name) ?? []) listener()
}

async function serve(path: string, init: RequestInit): Promise<Response> {
  calls.push(path)
  if (refused === 0) throw new TypeError('fetch failed')
  if (refused !== null) return new Response(JSON.stringify({ code: 'UNAUTHENTICATED' }), { status: refused })
  if (path === '/api/sync/pull') return new Response(JSON.stringify({ more: false } as PullPage))
  const { operations } = JSON.parse(gunzipSync(Buffer.from(init.body as ArrayBuffer)).toString())
  const places = operations.map(({ seq }: { seq: number }) => seq)
  pushes.push(places)
  const answers = places.map((place: number) => ({ status: answerOf(place), opId: '', version: 1 }))
  return new Response(JSON.stringify({ answers, serverTime: '2026-11-20T10:00:00.000Z' }))
}

beforeEach(() => {
  refused = null
  answerOf = () => 'applied'
  pushes = []
  calls = []
  events = new Map()
  visible = 'visible'
  locks = new Map()
  runners = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('fetch', serve)
  const target = { addEventListener: listen, removeEventListener: unlisten }
  vi.stubGlobal('document', {
    ...target,
    get visibilityState() {
      return visible
    },
  })
  vi.stubGlobal('addEventListener', listen)
  vi.stubGlobal('removeEventListener', unlisten)
  const request = (name: string, work: () => Promise<void>) => {
    const next = (locks.get(name) ?? Promise.resolve()).catch(() => {}).then(work)
    locks.set(name, next)
    return next
  }
  vi.stubGlobal('navigator', { locks: { request } })
})
afterEach(() => {
  for (const runner of runners) runner.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** An outbox that tabs share, and one of its tabs. */
function tab(outbox: { place: number; state: string; note?: string }[]) {
  const states: SyncState[] = []
  const target: SyncTarget = {
    membershipId: 'm',
    pending: async () =>
      outbox
        .filter(({ state }) => state === 'phone')
        .map(({ place, note }) => ({ place, operation: { seq: place, note } }) as unknown as OutboxItem),
    meta: () => null,
    async answered(sent, { answers }) {
      for (const [index, { place }] of sent.entries()) {
        const item = outbox.find((one) => one.place === place)
        if (item && answers[index]?.status === 'applied') item.state = 'accepted'
      }
    },
    pulled: async () => {},
    state: (state) => states.push(state),
  }
  const runner = startRunner(target)
  runners.push(runner)
  return { runner, states, over: () => vi.waitFor(() => expect(states.at(-1)).not.toBe('working')) }
}
const waitingAt = (...places: readonly number[]) => places.map((place) => ({ place, state: 'phone' }))
const quiet = async (one: ReturnType<typeof tab>) => {
  await vi.waitFor(() => expect(one.states.length).toBeGreaterThan(0))
  await one.over()
}

describe('an exchange begins', () => {
  it('at start', async () => {
    await quiet(tab(waitingAt(1)))
    expect(pushes).toEqual([[1]])
  })

  it('at a save', async () => {
    const outbox = waitingAt()
    const one = tab(outbox)
    await quiet(one)
    outbox.push(...waitingAt(1))
    one.runner.kick()
    await vi.waitFor(() => expect(pushes).toEqual([[1]]))
  })

  it.each(['visibilitychange', 'online'])('at %s', async (event) => {
    const outbox = waitingAt()
    await quiet(tab(outbox))
    outbox.push(...waitingAt(1))
    happens(event)
    await vi.waitFor(() => expect(pushes).toEqual([[1]]))
  })

  it('not when the page is hidden', async () => {
    await quiet(tab([]))
    const before = calls.length
    visible = 'hidden'
    happens('visibilitychange')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(calls).toHaveLength(before)
  })

  it('by itself about every minute, at no two phones’ same moment', async () => {
    await quiet(tab([]))
    const before = calls.length
    await vi.advanceTimersByTimeAsync(44_000)
    expect(calls).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(31_500)
    expect(calls.length).toBeGreaterThan(before)
    const moments = new Set<number>()
    for (let phone = 0; phone < 8; phone += 1) {
      const spy = vi.spyOn(globalThis, 'setTimeout')
      await quiet(tab([]))
      moments.add(Math.max(...spy.mock.calls.map(([, delay]) => delay ?? 0)))
      spy.mockRestore()
    }
    expect(moments.size).toBeGreaterThan(4)
  })

  it('no more once it is stopped', async () => {
    const one = tab([])
    await quiet(one)
    one.runner.stop()
    const before = calls.length
    happens('online')
    one.runner.kick()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(calls).toHaveLength(before)
  })
})

describe('a fault', () => {
  it.each([
    [0, 'offline'],
    [401, 'signed-out'],
  ])('of the network or of the session (%s) leaves everything to be sent', async (status, state) => {
    refused = status
    const outbox = waitingAt(1, 2)
    const one = tab(outbox)
    await vi.waitFor(() => expect(one.states.at(-1)).toBe(state))
    expect(outbox.map((item) => item.state)).toEqual(['phone', 'phone'])
    refused = null
    happens('online')
    await vi.waitFor(() => expect(pushes).toEqual([[1, 2]]))
  })

  it('is tried again by itself, each time after longer', async () => {
    refused = 0
    const one = tab(waitingAt(1))
    await vi.waitFor(() => expect(one.states.at(-1)).toBe('offline'))
    await vi.advanceTimersByTimeAsync(3_750)
    await vi.waitFor(() => expect(calls).toHaveLength(2))
    await vi.advanceTimersByTimeAsync(4_400)
    expect(calls).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(3_200)
    await vi.waitFor(() => expect(calls).toHaveLength(3))
  })
})

describe('what the server makes wait', () => {
  it('holds back nothing else, however much of it comes first', async () => {
    const stuck = Array.from({ length: 300 }, (_, at) => at + 1)
    answerOf = (place) => (place <= 300 ? 'waiting' : 'applied')
    const outbox = waitingAt(...stuck, 301)
    await quiet(tab(outbox))
    expect(pushes.map((places) => places.length)).toEqual([250, 51])
    expect(outbox.at(-1)?.state).toBe('accepted')
    expect(outbox.filter(({ state }) => state === 'phone')).toHaveLength(300)
  })
})

describe('a batch', () => {
  it('weighs no more than a slow network soon carries', async () => {
    const outbox = waitingAt(1, 2, 3, 4, 5).map((item) => ({ ...item, note: 'é'.repeat(200_000) }))
    await quiet(tab(outbox))
    expect(pushes).toEqual([[1, 2], [3, 4], [5]])
  })
})

it('two tabs send one outbox once', async () => {
  const outbox = waitingAt(1, 2, 3)
  const [one, two] = [tab(outbox), tab(outbox)]
  await quiet(one)
  await quiet(two)
  expect(pushes).toEqual([[1, 2, 3]])
})
