import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openDatabases } from '../data/databases.ts'
import type { Draft } from '../data/draft.ts'
import { newId } from '../data/new-id.ts'
import type { OutboxItem } from '../data/outbox-item.ts'
import type { PhoneStore } from '../data/store.ts'
import type { Vault } from '../data/vault.ts'
import { openAuthenticator } from './authenticator.fixture.ts'
import { hasAuthenticator } from './authenticator.ts'
import { changeOver } from './change-over.ts'
import { fromBase64url, importKey, toBase64url } from './cipher.ts'
import { readLock, writeLock, writeServerKeys } from './lock-store.ts'
import { isClosed, makeVault } from './make-vault.ts'
import { addPhone, makeLock, rawKey, recode, removePhone, tryCode, tryPhone } from './open-lock.ts'
import { changeCode, setCode, takeCodeAway } from './set-code.ts'

const item = {
  place: 1,
  operation: {
    kind: 'report.amend',
    opId: newId(),
    entityId: newId(),
    seq: 2,
    base: 1,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    body: { note: 'Sa fille se marie en juin.' },
  },
  state: 'phone',
  savedAt: '2026-11-20T09:00:00.000Z',
  answeredAt: null,
  answer: null,
} as unknown as OutboxItem
const draft = { id: 'new:a', note: 'Il boite.' } as Draft
const bytes = (text: string) => new TextEncoder().encode(text)
/** The locks of one page, which waits for no other. */
const alone = { locks: { request: (_: string, work: () => Promise<void>) => work() } }
const everyByte = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    part instanceof ArrayBuffer ? Buffer.from(part).toString('latin1') : part,
  )

describe('a vault', () => {
  const vault = async () => makeVault(await importKey(crypto.getRandomValues(new Uint8Array(32))))

  it('gives back what it closed, and nothing typed is in what lies on the phone', async () => {
    const { closeItem, openItem, closeDraft, openDraft, ...rest } = await vault()
    const told = { ...item, state: 'aside', left: true, answer: { status: 'applied', merges: ['boite'] } }
    const answered = told as unknown as OutboxItem
    const closedAnswer = await closeItem(answered)
    expect(everyByte(closedAnswer)).not.toMatch(/fille|boite/)
    expect(await openItem(closedAnswer)).toEqual(answered)
    const closedItem = await closeItem(item)
    const closedDraft = await closeDraft(draft)
    expect(everyByte([closedItem, closedDraft])).not.toMatch(/fille|boite/)
    // What it is found and sent by stays in clear.
    expect(closedItem).toMatchObject({
      place: 1,
      state: 'phone',
      operation: { opId: item.operation.opId, seq: 2 },
    })
    expect(closedDraft.id).toBe('new:a')
    expect(await openItem(closedItem)).toEqual(item)
    expect(await openDraft(closedDraft)).toEqual(draft)
    const block = await rest.closeBlock(bytes('Etxeberria'), 'accounts/a0')
    expect(isClosed(block)).toBe(true)
    expect(await rest.openBlock(block, 'accounts/a0')).toEqual(bytes('Etxeberria'))
    const photo = await rest.closePhoto(bytes('jpeg').buffer, 'p')
    expect(new Uint8Array(await rest.openPhoto(photo, 'p'))).toEqual(bytes('jpeg'))
  })
  it('closes nothing twice, and takes what was never closed as it is', async () => {
    const { closeItem, openItem, closePhoto } = await vault()
    const once = await closeItem(item)
    expect(await closeItem(once)).toEqual(once)
    expect(await openItem(item)).toEqual(item)
    const photo = await closePhoto(bytes('jpeg').buffer, 'p')
    expect(await closePhoto(photo, 'p')).toBe(photo)
  })
  it('opens nothing that was put in another’s place, changed, or closed by another', async () => {
    const one = await vault()
    const closed = await one.closeItem(item)
    const moved = { ...closed, operation: { ...closed.operation, opId: newId() } } as OutboxItem
    await expect(one.openItem(moved)).rejects.toThrow()
    await expect((await vault()).openItem(closed)).rejects.toThrow()
    const body = closed.operation.body as unknown as { sealed: ArrayBuffer }
    const bent = body.sealed.slice(0)
    new DataView(bent).setUint8(20, new DataView(bent).getUint8(20) ^ 1)
    const changed = { ...closed, operation: { ...closed.operation, body: { sealed: bent } } }
    await expect(one.openItem(changed as unknown as OutboxItem)).rejects.toThrow()
  })
})

describe('a code', () => {
  const CODE = '482137'
  let membershipId: string
  let publicKey: string
  let clock: number
  const now = () => clock
  beforeEach(async () => {
    membershipId = newId()
    clock = 1_000_000
    const held = new Map<string, string>()
    vi.stubGlobal('navigator', alone)
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
      removeItem: (key: string) => void held.delete(key),
    })
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    publicKey = toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey))
  })
  afterEach(() => vi.unstubAllGlobals())
  const set = (code: string) => makeLock(membershipId, code, { credential: 'c', publicKey })
  async function make() {
    const vault = await set(CODE)
    if (!vault) throw new Error('refused')
    return vault
  }
  /** Keeps a draft as a page with this vault does. */
  async function keep(vault: Vault) {
    const { outbox } = await openDatabases(membershipId)
    await outbox.put('drafts', await vault.closeDraft(draft))
    outbox.close()
  }
  async function kept() {
    const { outbox } = await openDatabases(membershipId)
    const [one] = await outbox.getAll('drafts')
    outbox.close()
    return one
  }
  async function takeAway(vault: Vault) {
    const record = await readLock(membershipId)
    if (record) await writeLock(membershipId, { ...record, state: 'opening' })
    return changeOver(membershipId, vault, 'opening')
  }

  it('opens what was closed under it, and is nowhere on the phone', async () => {
    const closed = await (await make()).closeDraft(draft)
    expect(everyByte(await readLock(membershipId))).not.toContain(CODE)
    const tried = await tryCode(membershipId, CODE, now)
    expect('vault' in tried && (await tried.vault.openDraft(closed))).toEqual(draft)
  })
  it('that is wrong five times makes the next wait, longer each time, whatever is restarted or the clock set back to', async () => {
    await make()
    for (let times = 0; times < 4; times++)
      expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 0 })
    expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 30_000 })
    // Even the right one.
    expect(await tryCode(membershipId, CODE, now)).toEqual({ wait: 30_000 })
    clock -= 999_000
    expect(await tryCode(membershipId, CODE, now)).toEqual({ wait: 30_000 })
    clock += 999_000 + 30_001
    expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 60_000 })
    clock += 60_001
    expect(await tryCode(membershipId, CODE, now)).toHaveProperty('vault')
    expect((await readLock(membershipId))?.wrong).toBe(0)
  })
  it('is changed without closing anything anew; the old one opens nothing any more', async () => {
    const closed = await (await make()).closeDraft(draft)
    const tried = await rawKey(membershipId, CODE, now)
    if ('wait' in tried) throw new Error('refused')
    const { vault } = await recode(membershipId, tried.raw, 'un autre code')
    expect(await vault.openDraft(closed)).toEqual(draft)
    expect(await tryCode(membershipId, CODE, now)).toEqual({ wait: 0 })
    expect(await tryCode(membershipId, 'un autre code', now)).toHaveProperty('vault')
  })
  it('that was taken away leaves no key to go on with, which would close what other pages cannot read', async () => {
    const vault = await make()
    expect(await changeOver(membershipId, vault, 'closing')).toBe(vault)
    expect(await takeAway(vault)).toBeUndefined()
  })
  it('set again makes no other key while something lies under the one before, which its code still opens', async () => {
    const vault = await make()
    await takeAway(vault)
    // A page that was still open with the key.
    await keep(vault)
    expect(await set('un autre code')).toBeNull()
    const tried = await tryCode(membershipId, CODE, now)
    if ('wait' in tried) throw new Error('refused')
    await changeOver(membershipId, tried.vault, tried.record.state)
    expect(await kept()).toEqual(draft)
    expect(await set('un autre code')).not.toBeNull()
  })
  it('set on two pages at once is that of one of them', async () => {
    const [one, other] = [await set(CODE), await set('un autre code')]
    expect(one).not.toBeNull()
    expect(other).toBeNull()
  })
  it('opens a phone whose storage is full, where wrong ones still make the next wait', async () => {
    const closed = await (await make()).closeDraft(draft)
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('No room.', 'QuotaExceededError')
    })
    for (let times = 0; times < 4; times++)
      expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 0 })
    expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 30_000 })
    expect(await tryCode(membershipId, CODE, now)).toEqual({ wait: 30_000 })
    clock += 30_001
    const tried = await tryCode(membershipId, CODE, now)
    expect('vault' in tried && (await tried.vault.openDraft(closed))).toEqual(draft)
    full.mockRestore()
    expect(await tryCode(membershipId, '111222', now)).toEqual({ wait: 0 })
  })
  it('given where there is no room to open the rest goes on with its key, and opens it once there is', async () => {
    const vault = await make()
    await keep(vault)
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('No room.', 'QuotaExceededError')
    })
    expect(await changeOver(membershipId, vault, 'opening')).toBe(vault)
    full.mockRestore()
    expect(await changeOver(membershipId, vault, 'opening')).toBeUndefined()
    expect(await kept()).toEqual(draft)
  })
  it('is neither set, changed nor taken away on a full phone, which says so and loses nothing', async () => {
    const closed = vi.fn()
    const store = {
      getState: () => ({ identity: { membershipId } }),
      close: closed,
    } as unknown as PhoneStore
    const without = <T>(act: () => Promise<T>): Promise<T> => {
      const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('No room.', 'QuotaExceededError')
      })
      return act().finally(() => full.mockRestore())
    }
    await writeServerKeys(membershipId, { credential: 'c', publicKey })
    expect(await without(() => setCode(store, CODE))).toBe('full')
    expect(await readLock(membershipId)).toBeNull()
    await keep(await make())
    expect(await without(() => changeCode(membershipId, CODE, 'un autre code'))).toBe('full')
    expect(await without(() => takeCodeAway(store, CODE))).toBe('full')
    expect(closed).not.toHaveBeenCalled()
    expect(await readLock(membershipId)).toMatchObject({ state: 'closing' })
    const opened = await tryCode(membershipId, CODE, now)
    expect('vault' in opened && (await opened.vault.openDraft((await kept()) as Draft))).toEqual(draft)
  })
  it('given once the server has another key closes the phone’s own to that one', async () => {
    await make()
    const before = await readLock(membershipId)
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const other = toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey))
    await writeServerKeys(membershipId, { credential: 'c', publicKey: other })
    await tryCode(membershipId, CODE, now)
    const after = await readLock(membershipId)
    expect([after?.sealedTo, after?.sealedKey === before?.sealedKey]).toEqual([other, false])
  })
})

describe('the phone’s own authenticator', () => {
  const CODE = '482137'
  let membershipId: string
  beforeEach(async () => {
    membershipId = newId()
    vi.stubGlobal('navigator', alone)
    vi.stubGlobal('localStorage', { getItem: () => null, setItem() {}, removeItem() {} })
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    const publicKey = toBase64url(await crypto.subtle.exportKey('raw', pair.publicKey))
    await makeLock(membershipId, CODE, { credential: 'c', publicKey })
  })
  afterEach(() => vi.unstubAllGlobals())
  const key = async (code = CODE) => {
    const tried = await rawKey(membershipId, code, Date.now)
    if ('wait' in tried) throw new Error('refused')
    return tried.raw
  }
  const add = async () => addPhone(membershipId, await key(), 'Maialen')
  const opens = async (closed: Draft) => {
    const tried = await tryPhone(membershipId)
    return typeof tried === 'string' ? tried : (await tried.vault.openDraft(closed)).id
  }
  const close = async () => makeVault(await importKey(await key())).closeDraft(draft)

  it('opens what was closed under the code, which goes on opening it, whatever the code is changed to', async () => {
    openAuthenticator()
    const closed = await close()
    expect(await add()).toBeNull()
    expect(await opens(closed)).toBe(draft.id)
    await recode(membershipId, await key(), 'un autre code')
    expect(await opens(closed)).toBe(draft.id)
    expect(await tryCode(membershipId, 'un autre code', Date.now)).toHaveProperty('vault')
  })
  it('opens nothing when its person turns away, or once its key was removed on the phone', async () => {
    const { keys, state } = openAuthenticator()
    const closed = await close()
    await add()
    state.agrees = false
    expect(await opens(closed)).toBe('refused')
    state.agrees = true
    keys.clear()
    expect(await opens(closed)).toBe('refused')
    expect(await tryCode(membershipId, CODE, Date.now)).toHaveProperty('vault')
  })
  it('that is taken away opens nothing any more, and its key goes from the phone', async () => {
    const { keys } = openAuthenticator()
    await add()
    await removePhone(membershipId)
    expect(keys.size).toBe(0)
    expect(await tryPhone(membershipId)).toBe('unable')
    expect(await readLock(membershipId)).not.toHaveProperty('byPhone')
  })
  it('that turns away or gives no secret leaves the code alone to open', async () => {
    const { state } = openAuthenticator()
    state.agrees = false
    expect(await add()).toBe('refused')
    const { keys } = openAuthenticator({ givesSecrets: false })
    expect(await add()).toBe('unable')
    expect(keys.size).toBe(0)
    expect(await readLock(membershipId)).not.toHaveProperty('byPhone')
    expect(await tryCode(membershipId, CODE, Date.now)).toHaveProperty('vault')
  })
  it('is offered only where the browser says that it makes secrets and knows its person', async () => {
    expect(await hasAuthenticator()).toBe(false)
    openAuthenticator()
    expect(await hasAuthenticator()).toBe(true)
    openAuthenticator({ givesSecrets: false })
    expect(await hasAuthenticator()).toBe(false)
  })
})

it('bytes are told as text and back, whatever their length', () => {
  for (const length of [0, 1, 2, 3, 70_000]) {
    const some = Uint8Array.from({ length }, (_, at) => (at * 7) % 256)
    expect(fromBase64url(toBase64url(some))).toEqual(some)
  }
})
