import 'fake-indexeddb/auto'
import type { OperationAnswer } from '@fieldback/domain/sync/operation'
import type { AccountRow, PullPage } from '@fieldback/domain/sync/pull'
import { beforeEach, describe, expect, it } from 'vitest'
import { type CacheRows, readAll, readMeta, withPage, writePage } from './cache.ts'
import { type CacheDb, type OutboxDb, openDatabases } from './databases.ts'
import { newId } from './new-id.ts'
import {
  letGo,
  type NewOperation,
  noteAnswers,
  noteLeft,
  readOutbox,
  saveOperations,
  sendAgain,
} from './outbox.ts'
import { overlay } from './overlay.ts'

let cache: CacheDb
let outbox: OutboxDb
beforeEach(async () => {
  ;({ cache, outbox } = await openDatabases(newId()))
})

const readCache = async (db: CacheDb) => ({ rows: await readAll(db), meta: await readMeta(db) })
const stamp = { newId, now: () => new Date('2026-11-20T10:00:00Z'), clockOffset: 0 }
const author = { membershipId: 'm', displayName: 'Maialen Iribarne' }
const account = (over: Partial<AccountRow> = {}): AccountRow =>
  ({
    id: 'a',
    territoryId: 't',
    name: 'Fromagerie Harispe',
    city: 'Itxassou',
    phone: null,
    values: {},
    lastVisitDay: null,
    version: 3,
    ...over,
  }) as AccountRow
const page = (over: Partial<PullPage>): PullPage => ({
  protocol: 1,
  cursor: 'c',
  more: false,
  reset: false,
  epoch: 'e',
  serverTime: '2026-11-20T10:00:00Z',
  me: { orgId: 'o', membershipId: 'm', locale: 'fr', displayName: 'Maialen', territoryIds: ['t'] },
  accounts: [],
  contacts: [],
  reports: [],
  callbacks: [],
  left: [],
  frameTag: 'f',
  frame: null,
  pack: null,
  ...over,
})
const renamed = (city: string): NewOperation => ({
  kind: 'account.update',
  entityId: 'a',
  base: 3,
  body: { city },
})
const rowsOf = (row: AccountRow): CacheRows => ({
  accounts: new Map([[row.id, row]]),
  contacts: new Map(),
  reports: new Map(),
  callbacks: new Map(),
})
const applied = (opId: string, version: number): OperationAnswer => ({ status: 'applied', opId, version })

describe('the outbox', () => {
  it('numbers the operations of an entity from 1, over several saves', async () => {
    await saveOperations(outbox, [renamed('Espelette')], stamp)
    await saveOperations(outbox, [renamed('Hasparren'), { ...renamed('Cambo'), entityId: 'b' }], stamp)
    const items = await readOutbox(outbox)
    expect(items.map(({ operation }) => [operation.entityId, operation.seq])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ])
  })

  it('numbers several operations of an entity in one save, as they lie', async () => {
    const saved = await saveOperations(outbox, ['Cambo', 'Espelette', 'Hasparren'].map(renamed), stamp)
    expect(saved.map(({ operation }) => operation.seq)).toEqual([1, 2, 3])
    expect(await readOutbox(outbox)).toEqual(saved)
  })

  it('gives the operations of one save one moment, however long it takes', async () => {
    let ticks = 0
    const ticking = { ...stamp, now: () => new Date(Date.parse('2026-11-20T10:00:00Z') + ticks++) }
    const saved = await saveOperations(outbox, [renamed('Espelette'), renamed('Hasparren')], ticking)
    expect(new Set(saved.map(({ savedAt }) => savedAt)).size).toBe(1)
  })

  it('keeps what the server answers "waiting" to, and what it set aside', async () => {
    const saved = await saveOperations(outbox, [renamed('x'), renamed('y'), renamed('z')], stamp)
    const [one, two, three] = saved.map(({ operation }) => operation.opId)
    const answers: OperationAnswer[] = [
      { status: 'duplicate', opId: one ?? '', first: applied(one ?? '', 4) },
      { status: 'waiting', opId: two ?? '' },
      { status: 'quarantined', opId: three ?? '', code: 'OP_FORBIDDEN', path: [] },
    ]
    await noteAnswers(outbox, saved, answers, '2026-11-20T10:00:01Z')
    expect((await readOutbox(outbox)).map((item) => item.state)).toEqual(['accepted', 'phone', 'aside'])
  })

  it('lets go of what was accepted a month ago, and of nothing else', async () => {
    const saved = await saveOperations(outbox, [renamed('x'), renamed('y'), renamed('z')], stamp)
    const answers: OperationAnswer[] = [
      applied('1', 4),
      { status: 'quarantined', opId: '2', code: 'OP_FORBIDDEN', path: [] },
    ]
    await noteAnswers(outbox, saved, answers, '2026-10-20T10:00:00Z')
    await letGo(outbox, new Date('2026-11-18T10:00:00Z'))
    expect((await readOutbox(outbox)).map((item) => item.state)).toEqual(['accepted', 'aside', 'phone'])
    await letGo(outbox, new Date('2026-11-20T10:00:00Z'))
    expect((await readOutbox(outbox)).map((item) => item.state)).toEqual(['aside', 'phone'])
  })

  it('keeps what a restored copy may lack for a month, and notes of returns seen for a week', async () => {
    const seen: NewOperation = {
      kind: 'giveback.record',
      entityId: 'g',
      base: 0,
      body: { fieldId: 'f', kind: 'badge', used: false },
    }
    const saved = await saveOperations(outbox, [renamed('x'), seen], stamp)
    await noteAnswers(outbox, saved, [applied('1', 4), applied('2', 1)], '2026-11-01T10:00:00Z')
    await letGo(outbox, new Date('2026-11-09T10:00:00Z'))
    expect((await readOutbox(outbox)).map(({ operation }) => operation.kind)).toEqual(['account.update'])
  })

  it('sends answered work again in the order it was typed, the same to the letter', async () => {
    const saved = await saveOperations(outbox, [renamed('x'), renamed('y'), renamed('z')], stamp)
    const answers: OperationAnswer[] = [
      applied('1', 4),
      { status: 'quarantined', opId: '2', code: 'OP_FORBIDDEN', path: [] },
    ]
    const noted = await noteAnswers(outbox, saved, answers, '2026-11-01T10:00:00Z')
    await sendAgain(
      outbox,
      noted.filter(({ state }) => state !== 'phone'),
    )
    const again = await readOutbox(outbox)
    expect(again.map(({ state }) => state)).toEqual(['phone', 'phone', 'phone'])
    expect(again.map(({ operation }) => operation)).toEqual(saved.map(({ operation }) => operation))
  })
})

describe('what is shown', () => {
  it('holds what was typed on top of what the server sent, until the pulled row is as new', async () => {
    const saved = await saveOperations(outbox, [renamed('Espelette')], stamp)
    expect(overlay(rowsOf(account()), saved, author).accounts.get('a')?.city).toBe('Espelette')
    const [answered] = await noteAnswers(outbox, saved, [applied(saved[0]?.operation.opId ?? '', 4)], 'now')
    if (!answered) throw new Error('nothing answered')
    expect(overlay(rowsOf(account()), [answered], author).accounts.get('a')?.city).toBe('Espelette')
    const newer = account({ city: 'Cambo', version: 5 })
    expect(overlay(rowsOf(newer), [answered], author).accounts.get('a')?.city).toBe('Cambo')
  })

  it('is the same rows while nothing of them changed, whatever else is noted or tried', async () => {
    const cache = rowsOf(account())
    const saved = await saveOperations(outbox, [renamed('Espelette')], stamp)
    const shown = overlay(cache, saved, author)
    const note = { fieldId: 'f', kind: 'badge', used: false } as const
    const noted = await saveOperations(
      outbox,
      [{ kind: 'giveback.record', entityId: 'n', base: 0, body: note }],
      stamp,
    )
    expect(overlay(cache, [...saved, ...noted], author)).toBe(shown)
    const more = await saveOperations(outbox, [renamed('Hasparren')], stamp)
    expect(overlay(cache, [...saved, ...more], author).accounts.get('a')?.city).toBe('Hasparren')
    expect(overlay(rowsOf(account()), saved, author)).not.toBe(shown)
  })

  it('no longer holds accepted work whose account left this phone, and keeps what waits', async () => {
    const saved = await saveOperations(outbox, [renamed('Espelette'), renamed('Hasparren')], stamp)
    const [accepted, waiting] = await noteAnswers(
      outbox,
      saved,
      [applied('1', 4), { status: 'waiting', opId: '2' }],
      'now',
    )
    if (!accepted || !waiting) throw new Error('nothing answered')
    const [left] = await noteLeft(outbox, [accepted])
    if (!left) throw new Error('nothing left')
    expect((await readOutbox(outbox)).map((item) => item.left)).toEqual([true, undefined])
    expect(overlay(rowsOf(account()), [left], author).accounts.get('a')?.city).toBe('Itxassou')
    expect(overlay(rowsOf(account()), [left, waiting], author).accounts.get('a')?.city).toBe('Hasparren')
  })

  it('does not show what was accepted on an account that had left meanwhile', async () => {
    const body = { accountId: 'b', contactId: null, dueDay: '2026-12-01', reason: 'Après 17 h' }
    const saved = await saveOperations(
      outbox,
      [{ kind: 'callback.set', entityId: 'k', base: 0, body }],
      stamp,
    )
    expect(overlay(rowsOf(account()), saved, author).callbacks.size).toBe(1)
    const noted = await noteAnswers(outbox, saved, [applied(saved[0]?.operation.opId ?? '', 1)], 'now')
    expect(overlay(rowsOf(account()), noted, author).callbacks.size).toBe(0)
  })

  it('leaves what was sent again and is known there to the rows that come', async () => {
    const saved = await saveOperations(outbox, [renamed('Espelette')], stamp)
    const opId = saved[0]?.operation.opId ?? ''
    const first = applied(opId, 4)
    const again = await sendAgain(outbox, await noteAnswers(outbox, saved, [first], 'now'))
    expect(overlay(rowsOf(account()), again, author).accounts.get('a')?.city).toBe('Espelette')
    const known = await noteAnswers(outbox, again, [{ status: 'duplicate', opId, first }], 'now')
    expect(overlay(rowsOf(account()), known, author).accounts.get('a')?.city).toBe('Itxassou')
    const lacked = await noteAnswers(outbox, again, [first], 'now')
    expect(overlay(rowsOf(account()), lacked, author).accounts.get('a')?.city).toBe('Espelette')
  })

  it('does not show as done what the server set aside', async () => {
    const saved = await saveOperations(outbox, [renamed('Espelette')], stamp)
    const noted = await noteAnswers(
      outbox,
      saved,
      [{ status: 'quarantined', opId: null, code: 'OP_MALFORMED', path: [] }],
      'now',
    )
    expect(overlay(rowsOf(account()), noted, author).accounts.get('a')?.city).toBe('Itxassou')
  })

  it('shows work that is sent again only where the restored data lacks it', async () => {
    const saved = await saveOperations(outbox, [renamed('Espelette'), renamed('Ciboure')], stamp)
    const refused: OperationAnswer = { status: 'quarantined', opId: '2', code: 'OP_FORBIDDEN', path: [] }
    const again = await sendAgain(outbox, await noteAnswers(outbox, saved, [applied('1', 4), refused], 'now'))
    const cityIn = (version: number) =>
      overlay(rowsOf(account({ version })), again, author).accounts.get('a')?.city
    expect(cityIn(3)).toBe('Espelette')
    expect(cityIn(4)).toBe('Itxassou')
  })

  it('counts a visit on the card at once', async () => {
    const body = {
      accountId: 'a',
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: '2026-11-20',
      note: null,
      fieldSet: '',
      values: {},
      seconds: {},
      durationSeconds: 0,
    } as const
    const saved = await saveOperations(
      outbox,
      [{ kind: 'report.create', entityId: 'r', base: 0, body }],
      stamp,
    )
    const rows = overlay(rowsOf(account()), saved, author)
    expect(rows.accounts.get('a')?.lastVisitDay).toBe('2026-11-20')
    expect(rows.reports.get('r')).toMatchObject({ authorName: 'Maialen Iribarne', outcome: 'order' })
  })
})

describe('the cache', () => {
  it('is replaced when the server says so, and keeps its frame when none is sent', async () => {
    const frame = { territories: [], fields: [], pastFields: [] }
    await writePage(cache, page({ reset: true, accounts: [account()], frame }))
    await writePage(cache, page({ accounts: [account({ city: 'Cambo' })], cursor: 'd' }))
    let read = await readCache(cache)
    expect(read.rows.accounts.get('a')?.city).toBe('Cambo')
    expect(read.meta).toMatchObject({ cursor: 'd', frame, complete: true })
    await writePage(cache, page({ reset: true, frame }))
    read = await readCache(cache)
    expect(read.rows.accounts.size).toBe(0)
  })

  it('is the same in memory and on the phone, page after page', async () => {
    const id = (at: number) => `${at}`.padStart(4, '0')
    const make = (from: number, to: number, city: string) =>
      Array.from({ length: to - from }, (_, at) => account({ id: id(from + at), city }))
    const contacts = make(0, 300, '').map((row) => ({ id: `c${row.id}`, accountId: row.id }))
    const pages = [
      page({ reset: true, accounts: make(0, 300, 'Itxassou'), contacts: contacts as never }),
      page({ accounts: make(100, 350, 'Cambo') }),
      page({ accounts: make(20, 30, 'Ainhoa'), left: [id(25), id(299)], gone: ['c0007'] }),
      page({ reset: true, accounts: make(0, 3, 'Sare') }),
    ]
    let held = (await readCache(cache)).rows
    for (const next of pages) {
      held = withPage(held, next)
      await writePage(cache, next)
      const { rows } = await readCache(cache)
      for (const noun of ['accounts', 'contacts', 'reports', 'callbacks'] as const)
        expect(Object.fromEntries(rows[noun])).toEqual(Object.fromEntries(held[noun]))
    }
    expect([...held.accounts.keys()]).toEqual(['0000', '0001', '0002'])
  })

  it('lets reports go that are kept nowhere any more, of whatever account, and no others', async () => {
    const filed = (id: string, accountId: string, day: string) => ({ id, accountId, day })
    const reports = [
      filed('r1', 'a1', '2023-10-31'),
      filed('r2', 'b2', '2023-11-01'),
      filed('r3', 'c3', '2021-01-01'),
    ]
    await writePage(cache, page({ accounts: [account()], reports: reports as never }))
    const next = page({ keptFrom: '2023-11-01' })
    const held = withPage((await readCache(cache)).rows, next)
    await writePage(cache, next)
    const { rows } = await readCache(cache)
    expect([[...rows.reports.keys()], [...held.reports.keys()]]).toEqual([['r2'], ['r2']])
    expect(rows.accounts.size).toBe(1)
  })

  it('lets an account that left go with all that hangs on it', async () => {
    const contacts = [
      { id: 'c', accountId: 'a' },
      { id: 'd', accountId: 'b' },
    ] as unknown as PullPage['contacts']
    await writePage(cache, page({ accounts: [account(), account({ id: 'b' })], contacts }))
    await writePage(cache, page({ left: ['a'] }))
    const { rows } = await readCache(cache)
    expect([...rows.accounts.keys(), ...rows.contacts.keys()]).toEqual(['b', 'd'])
  })
})

it('ids made on the phone sort by time and are UUIDs of version 7', () => {
  expect(newId(1_700_000_000_000) < newId(1_700_000_000_001)).toBe(true)
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

describe('the items of lists', () => {
  const item = (id: string, fr: string) => ({
    id,
    label: { fr },
    item: { territoryId: 't', code: null, group: null },
  })
  const asked = { id: 'q', spec: { type: 'list_reference', list: 'l', options: [] } }
  const frame = { territories: [], fields: [asked], pastFields: [] } as unknown as PullPage['frame']
  const optionsNow = async () =>
    (await readCache(cache)).meta?.frame.fields[0]?.spec.options.map(({ label }) => label.fr)

  it('are found among the options of the question, stay as they change one by one, and go with a fresh start', async () => {
    await writePage(
      cache,
      page({ frame, lists: [{ id: 'l', items: [item('a', 'Four'), item('b', 'Pelle')] }] }),
    )
    expect(await optionsNow()).toEqual(['Four', 'Pelle'])
    await writePage(cache, page({ lists: [{ id: 'l', items: [item('a', 'Four à sole')] }] }))
    await writePage(cache, page({ lists: [] }))
    expect(await optionsNow()).toEqual(['Four à sole', 'Pelle'])
    await writePage(cache, page({ reset: true, frame }))
    expect(await optionsNow()).toEqual([])
  })
})
