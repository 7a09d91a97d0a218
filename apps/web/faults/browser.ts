import 'fake-indexeddb/auto'
import './light-idb.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import { IDBFactory } from 'fake-indexeddb'
import type { Dice } from './dice.ts'
import { Noted } from './noted.ts'
import { subtle } from './subtle.ts'

/** A page of the application that is open on a phone. Once dead, nothing it does reaches anything. */
export type Tab = {
  readonly phone: Device
  dead: boolean
  timers: { readonly id: number; readonly at: number; readonly fire: () => void }[]
  readonly listeners: Map<string, Set<() => void>>
  readonly transactions: Set<IDBTransaction>
  readonly connections: Set<IDBDatabase>
  readonly channels: Set<PhoneChannel>
  dice: Dice
  /** Runs something in this page. */
  readonly run: <T>(work: () => T) => T
}

/** What a phone keeps when its pages are gone, and what surrounds them. */
export type Device = {
  readonly index: 0 | 1
  indexedDB: IDBFactory
  /** The phone's clock less the true one, in milliseconds. */
  skew: number
  /** Writes until the storage is full; null while there is room. */
  room: number | null
  readonly locks: Map<string, Lock[]>
  /** Added to the versions that the code asks for: what a later build did to the databases. */
  upgrades: number
  readonly tabs: Tab[]
  /** What the browser keeps besides databases. */
  readonly kept: Map<string, string>
  /** What each person, by membership, knows for his code: the last first. */
  readonly codes: Map<string, readonly string[]>
}
type Lock = { readonly tab: Tab; readonly start: () => void }

/** A request under way, until the network does something with it. */
export type Call = {
  readonly tab: Tab
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** In place of a body that is text: part of a photo. */
  readonly bytes?: Uint8Array
  readonly answer: (status: number, body: unknown) => void
  readonly fail: () => void
}

/** Between the code and its surroundings: where seeded bugs are put. Each is left alone by default. */
export type Ports = {
  /** A value about to be stored; null: it is not, though the code is told it was. */
  readonly storing?: (store: string, value: unknown, tab: Tab) => unknown
  readonly cleared?: (store: string, tab: Tab) => boolean
  /** A timer of so many milliseconds that is never to fire. */
  readonly lostTimer?: (delay: number, tab: Tab) => boolean
  readonly fullIsSilent?: boolean
  /** One database for whoever uses the phone. */
  readonly sharedDatabases?: boolean
}

const here = new AsyncLocalStorage<Tab>()
const real = {
  setImmediate: globalThis.setImmediate,
  nextTick: process.nextTick.bind(process),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  structuredClone: globalThis.structuredClone,
  random: Math.random,
}
const RealDate = Date
const NEVER = new AbortController().signal

/** The one clock, and the tasks of all phones; a schedule at a time. */
export const machine = {
  now: 0,
  tasks: [] as { readonly tab: Tab; readonly work: () => void }[],
  /** Tasks that may still run before everything stands still: where a crash falls. */
  budget: Number.POSITIVE_INFINITY,
  calls: [] as Call[],
  ports: {} as Ports,
}

export function startMachine(now: number, ports: Ports): void {
  Object.assign(machine, { now, tasks: [], calls: [], ports, budget: Number.POSITIVE_INFINITY })
}

export const inTab = <T>(tab: Tab, work: () => T): T => tab.run(work)

export const openDevice = (index: 0 | 1): Device => ({
  index,
  indexedDB: new IDBFactory(),
  skew: 0,
  room: null,
  locks: new Map(),
  upgrades: 0,
  tabs: [],
  kept: new Map(),
  codes: new Map(),
})

export function openTab(phone: Device, dice: Dice): Tab {
  const tab = {
    phone,
    dead: false,
    timers: [],
    listeners: new Map(),
    transactions: new Set(),
    connections: new Set(),
    channels: new Set(),
    dice,
  } as Omit<Tab, 'run'> as Tab
  Object.assign(tab, { run: here.run(tab, () => AsyncLocalStorage.snapshot()) })
  phone.tabs.push(tab)
  return tab
}

/** The page is gone in the middle of whatever it did: what was not committed never was. */
export function killTab(tab: Tab): void {
  tab.dead = true
  tab.timers = []
  tab.listeners.clear()
  tab.channels.clear()
  machine.calls = machine.calls.filter((call) => call.tab !== tab)
  inTab(tab, () => {
    for (const transaction of tab.transactions) abort(transaction)
    for (const connection of tab.connections) connection.close()
  })
  tab.phone.tabs.splice(tab.phone.tabs.indexOf(tab), 1)
  for (const [name, queue] of tab.phone.locks) {
    const held = queue[0]?.tab === tab
    const left = queue.filter((lock) => lock.tab !== tab)
    tab.phone.locks.set(name, left)
    if (held) left[0]?.start()
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // Over already.
  }
}

/**
 * Until nothing runs any more but what waits for the network or the clock; or until the budget is used up. The tasks of
 * phones are run here, one after the other, each once every promise that was kept has been heard of: Node's own turns take
 * longer than the tasks.
 */
export const quiet = (): Promise<void> =>
  new Promise((done) => {
    // A tick that is asked for by a tick comes before promises; by a promise, after all of them.
    const later = (): void => real.nextTick(turn)
    const turn = (): void => {
      const next = machine.budget > 0 ? machine.tasks.shift() : undefined
      if (next) {
        machine.budget -= 1
        inTab(next.tab, next.work)
        KEPT.then(later)
      } else done()
    }
    KEPT.then(later)
  })
const KEPT = Promise.resolve()

/** Fires the timers that are due on every phone. */
export function fireTimers(tabs: readonly Tab[]): boolean {
  let fired = false
  for (const tab of tabs) {
    const due = tab.timers.filter(({ at }) => at <= machine.now)
    tab.timers = tab.timers.filter(({ at }) => at > machine.now)
    for (const { fire } of due) inTab(tab, fire)
    fired ||= due.length > 0
  }
  return fired
}

export const dispatch = (tab: Tab, event: 'online' | 'visibilitychange'): void =>
  inTab(tab, () => {
    for (const listener of tab.listeners.get(event) ?? []) listener()
  })

let timerIds = 0

class PhoneDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(PhoneDate.now())
    else super(...(given as [number]))
  }
  static override now(): number {
    const tab = here.getStore()
    return tab ? machine.now + tab.phone.skew : RealDate.now()
  }
}

/** What a database holds, of what was copied into it. */
const kept = new Noted<object, true>()

/**
 * What goes into a database and what comes out of it. Phones keep plain data and bytes alone; what was read is frozen and
 * never copied again, so that code that changed what it had read would fail here.
 */
function cloned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (kept.has(value)) return frozen(value)
  const copy = copied(value) as object
  if (!isBytes(copy)) kept.set(copy, true)
  return copy
}

const isBytes = (value: unknown): value is Uint8Array | ArrayBuffer =>
  value instanceof Uint8Array || value instanceof ArrayBuffer

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  if (Array.isArray(value)) return value.map(copied)
  if (isBytes(value)) return value.slice(0)
  const copy: Record<string, unknown> = {}
  for (const key in value) copy[key] = copied((value as Record<string, unknown>)[key])
  return copy
}

function frozen(value: object): object {
  if (isBytes(value) || Object.isFrozen(value)) return value
  for (const held of Object.values(value)) if (typeof held === 'object' && held !== null) frozen(held)
  return Object.freeze(value)
}

/** Bodies are read by the network as the text they are: what zips them works on threads, whose order no seed decides. */
class TextBody {
  private readonly text: string
  constructor(parts: readonly string[] | string) {
    this.text = typeof parts === 'string' ? parts : parts.join('')
  }
  stream() {
    return { pipeThrough: () => this.text }
  }
  async arrayBuffer() {
    return this.text
  }
}

function fetchHere(path: string, { body }: { readonly body: string | ArrayBuffer }): Promise<unknown> {
  const tab = here.getStore()
  if (!tab) throw new Error('A call from no page.')
  return new Promise((done, failed) => {
    if (tab.dead) return
    machine.calls.push({
      tab,
      path,
      ...(typeof body === 'string'
        ? { body: JSON.parse(body) as Call['body'] }
        : { body: {}, bytes: new Uint8Array(body) }),
      answer: (status, body) => {
        const text = JSON.stringify(body)
        done({ ok: status < 400, status, json: async () => JSON.parse(text) })
      },
      fail: () => failed(new TypeError('fetch failed')),
    })
  })
}

/** What a camera hands over: already as small as it is to be. */
export type Taken = { readonly width: number; readonly height: number; readonly jpeg: ArrayBuffer }

/** Gives back the picture that was drawn on it. */
class PhoneCanvas {
  private drawn: Taken | null = null
  getContext() {
    return {
      fillRect() {},
      drawImage: (picture: Taken) => {
        this.drawn = picture
      },
    }
  }
  toBlob(done: (blob: { arrayBuffer(): Promise<ArrayBuffer> } | null) => void): void {
    const { jpeg } = this.drawn ?? {}
    done(jpeg ? { arrayBuffer: async () => jpeg } : null)
  }
}

/** What pages of one phone tell each other, heard in turn with all else that they do. */
class PhoneChannel {
  onmessage: (() => void) | null = null
  private readonly name: string
  private readonly tab: Tab
  constructor(name: string) {
    const tab = here.getStore()
    if (!tab) throw new Error('A channel of no page.')
    this.name = name
    this.tab = tab
    if (!tab.dead) tab.channels.add(this)
  }
  postMessage(): void {
    if (this.tab.dead) return
    for (const tab of this.tab.phone.tabs)
      for (const channel of tab.channels)
        if (channel !== this && channel.name === this.name)
          machine.tasks.push({ tab, work: () => tab.channels.has(channel) && channel.onmessage?.() })
  }
  close(): void {
    this.tab.channels.delete(this)
  }
}

async function lockHere(name: string, work: () => Promise<void>): Promise<void> {
  const tab = here.getStore()
  if (!tab) throw new Error('A lock for no page.')
  if (tab.dead) return new Promise(() => {})
  const { locks } = tab.phone
  const queue = locks.get(name) ?? []
  locks.set(name, queue)
  await new Promise<void>((start) => {
    queue.push({ tab, start })
    if (queue.length === 1) start()
  })
  try {
    await work()
  } finally {
    const now = locks.get(name) ?? []
    if (now[0]?.tab === tab) {
      now.shift()
      now[0]?.start()
    }
  }
}

const define = (name: string, get: () => unknown): void => {
  Object.defineProperty(globalThis, name, { configurable: true, get })
}

/** Puts the surroundings of the phones in place; code that runs outside any page keeps those of Node. */
export function installBrowser(): void {
  const { crypto, navigator } = globalThis
  const factory = globalThis.indexedDB
  Object.assign(globalThis, {
    setImmediate: (work: () => void, ...rest: unknown[]) => {
      const tab = here.getStore()
      return tab
        ? machine.tasks.push({ tab, work })
        : (real.setImmediate as (...given: unknown[]) => unknown)(work, ...rest)
    },
    setTimeout: Object.assign(
      (fire: () => void, delay = 0, ...rest: unknown[]) => {
        const tab = here.getStore()
        if (!tab) return real.setTimeout(fire, delay, ...rest)
        const id = ++timerIds
        const lost = tab.dead || machine.ports.lostTimer?.(delay, tab)
        if (!lost) tab.timers.push({ id, at: Math.ceil(machine.now + delay), fire })
        return id
      },
      { __promisify__: real.setTimeout.__promisify__ },
    ),
    clearTimeout: (id: unknown) => {
      const tab = here.getStore()
      if (!tab) real.clearTimeout(id as number)
      else tab.timers = tab.timers.filter((timer) => timer.id !== id)
    },
    Date: PhoneDate,
    structuredClone: (value: unknown) => (here.getStore() ? cloned(value) : real.structuredClone(value)),
    fetch: fetchHere,
    BroadcastChannel: PhoneChannel,
    Blob: TextBody,
    Response: TextBody,
    CompressionStream: class {},
    addEventListener: (event: string, listener: () => void) => listen(event, listener),
    removeEventListener: (event: string, listener: () => void) =>
      here.getStore()?.listeners.get(event)?.delete(listener),
    createImageBitmap: async (file: Taken) => ({ ...file, close() {} }),
    document: {
      visibilityState: 'visible',
      createElement: () => new PhoneCanvas(),
      addEventListener: (event: string, listener: () => void) => listen(event, listener),
      removeEventListener: (event: string, listener: () => void) =>
        here.getStore()?.listeners.get(event)?.delete(listener),
    },
  })
  Math.random = () => (here.getStore() ? (here.getStore()?.dice.roll(1_000) ?? 0) / 1_000 : real.random())
  AbortSignal.timeout = () => NEVER
  define('navigator', () => (here.getStore() ? { locks: { request: lockHere } } : navigator))
  define('crypto', () => {
    const tab = here.getStore()
    return tab
      ? { getRandomValues: (bytes: Uint8Array) => bytes.map(() => tab.dice.roll(256)), subtle }
      : crypto
  })
  define('localStorage', () => {
    const held = here.getStore()?.phone.kept
    return (
      held && {
        getItem: (key: string) => held.get(key) ?? null,
        setItem: (key: string, value: string) => void held.set(key, value),
        removeItem: (key: string) => void held.delete(key),
      }
    )
  })
  define('indexedDB', () => here.getStore()?.phone.indexedDB ?? factory)
  installStorage()
}

function listen(event: string, listener: () => void): void {
  const tab = here.getStore()
  if (!tab) return
  const known = tab.listeners.get(event) ?? new Set()
  tab.listeners.set(event, known.add(listener))
}

/** A write without room, as browsers refuse it: its transaction is aborted by it. */
const refused = (source: IDBObjectStore): IDBRequest =>
  (source.transaction as unknown as Executing)._execRequestAsync({
    source,
    operation: () => {
      throw new DOMException('No room.', 'QuotaExceededError')
    },
  })
type Executing = {
  _execRequestAsync(asked: { readonly source: IDBObjectStore; readonly operation: () => never }): IDBRequest
}

/** What a later build brings to a new version (storage.ts). */
const UPGRADED = /^fieldback-(outbox|blocks)-/

/** Databases that can be cut off, filled up, and upgraded by a later build. */
function installStorage(): void {
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (name: string, version?: number) {
    const tab = here.getStore()
    const asked = machine.ports.sharedDatabases ? name.replace(/-[0-9a-f-]{36}$/, '') : name
    const later = tab && UPGRADED.test(name) ? tab.phone.upgrades : 0
    const request = open.call(this, asked, version && version + later)
    request.addEventListener('success', () => {
      const connection = request.result
      if (tab?.dead) connection.close()
      tab?.connections.add(connection)
    })
    return request
  }
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given)
    const tab = here.getStore()
    tab?.transactions.add(made)
    const over = () => tab?.transactions.delete(made)
    made.addEventListener('complete', over)
    made.addEventListener('abort', over)
    return made
  }
  for (const name of ['put', 'add'] as const) {
    const write = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
      const tab = here.getStore()
      const kept = tab && machine.ports.storing ? machine.ports.storing(this.name, value, tab) : value
      const full = tab?.phone.room === 0
      // What the code is told was stored, and was not.
      if (kept === null || (full && machine.ports.fullIsSilent)) return this.count()
      if (full) return refused(this)
      const request = write.call(this, kept, key)
      if (tab && tab.phone.room !== null) tab.phone.room -= 1
      return request
    } as typeof write
  }
}
