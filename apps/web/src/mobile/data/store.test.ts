import 'fake-indexeddb/auto'
import { gunzipSync } from 'node:zlib'
import { dueVisits } from '@fieldback/domain/agenda/due-visits'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { PullPage, ReturnPack } from '@fieldback/domain/sync/pull'
import { openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { agendaOf } from '../agenda/agenda-of.ts'
import { foresee } from '../agenda/foresee.ts'
import { importKey } from '../lock/cipher.ts'
import { makeVault } from '../lock/make-vault.ts'
import { discard } from '../sync/discard.ts'
import { changeTogether, hearTogether } from '../sync/outbox-together.ts'
import { openDatabases } from './databases.ts'
import type { Draft } from './draft.ts'
import { newId } from './new-id.ts'
import { noteSignedOut } from './note-signed-out.ts'
import { type NewOperation, readOutbox, sendAgain } from './outbox.ts'
import { openStore, type PhoneState, type PhoneStore } from './store.ts'
import type { Vault } from './vault.ts'

// A server of the exchange's shape: what it holds is a set of operations, and it can be put back to an earlier set.
let epoch: string
let held: Set<string>
let pushes: string[][]
let startsOver: boolean
let gone: string[]
let offline: boolean
type Brought = Pick<PullPage, 'accounts' | 'reports'> &
  Partial<Pick<PullPage, 'frame'> & Pick<ReturnPack, 'objectives'>>
let brought: Brought
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
    accounts: brought.accounts,
    contacts: [],
    reports: brought.reports,
    callbacks: [],
    left: [],
    gone,
    frameTag: 'f',
    frame: brought.frame ?? null,
    pack: brought.objectives
      ? { asOf: serverTime, distributions: [], activity: [], ledger: [], objectives: brought.objectives }
      : null,
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
  bring({ accounts: [], reports: [] })
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

const open = async (membershipId: string, vault?: Vault, today = '2026-11-30'): Promise<PhoneStore> => {
  store = await openStore({ orgId: 'o', membershipId, displayName: 'Maialen', locale: 'fr' }, null, {
    today,
    drawn: Promise.resolve(),
    vault,
  })
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

it('photos that wait are counted as soon as the phone opens again, before they are looked at', async () => {
  const membershipId = newId()
  const phone = await open(membershipId)
  phone.notePhotosWaiting(2)
  phone.close()
  expect((await open(membershipId)).getState().photosWaiting).toBe(2)
})

it('what is thrown away on one page is so at once on the person’s other one, without a network', async () => {
  offline = true
  const membershipId = newId()
  const one = await open(membershipId)
  await one.save([renamed('Bayonne')])
  const other = await open(membershipId)
  const stop = hearTogether(other)
  expect(other.getState().outbox).toMatchObject([{ operation: { kind: 'account.update' } }])
  await changeTogether(one, (outbox) => discard(outbox, one.getState().outbox))
  await vi.waitFor(() =>
    expect(other.getState().outbox).toMatchObject([{ operation: { kind: 'operation.discard' } }]),
  )
  stop()
  one.close()
})

it('what is saved on pages of one person is at once on each of them, without a network, once', async () => {
  offline = true
  const membershipId = newId()
  const pages = [await open(membershipId), await open(membershipId), await open(membershipId)]
  const stops = pages.map(hearTogether)
  await vi.waitFor(() =>
    expect(pages.map((page) => page.getState().sync)).toEqual(pages.map(() => 'offline')),
  )
  await pages[0]?.save([renamed('Espelette')])
  await vi.waitFor(() =>
    expect(pages.map((page) => page.getState().outbox.length)).toEqual(pages.map(() => 1)),
  )
  const towns = ['Ainhoa', 'Bidart', 'Cambo', 'Ustaritz']
  await Promise.all(pages.flatMap((page) => towns.map((town) => page.save([renamed(town)]))))
  await vi.waitFor(() => {
    for (const page of pages) {
      const places = page.getState().outbox.map(({ place }) => place)
      expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, at) => at + 1))
    }
  })
  for (const stop of stops) stop()
  for (const page of pages) page.close()
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

/** The server's next page: a report that this phone had accepted comes back as a row, with its account. */
const bring = (rows: Brought): void => {
  brought = rows
}

describe('opening', () => {
  const accountId = newId()
  const account = {
    id: accountId,
    name: 'Fromagerie Harispe',
    lastVisitDay: null,
    visitEveryDays: 30,
    priority: 0,
    priorityReason: null,
    values: {},
    version: 3,
  }
  const reportBody = {
    accountId,
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
  const report = (entityId: string): NewOperation => ({
    kind: 'report.create',
    entityId,
    base: 0,
    body: reportBody,
  })
  const row = { accountId, kind: 'visit', day: '2026-11-20', status: 'accepted', values: {}, version: 1 }
  const openedWith = async (version: number): Promise<PhoneStore> => {
    const membershipId = newId()
    const first = await open(membershipId)
    bring({ accounts: [account as never], reports: [] })
    first.sync()
    await vi.waitFor(() => expect(first.getState().rows.accounts.size).toBe(1))
    const id = newId()
    await first.save([report(id)])
    await allAccepted(first)
    bring({ accounts: [], reports: [{ ...row, id, version } as never] })
    first.sync()
    await vi.waitFor(() => expect(first.getState().rows.reports.get(id)?.version).toBe(version))
    await allAccepted(first)
    first.close()
    offline = true
    return open(membershipId)
  }

  it('shows the day before all is read, then all of it', async () => {
    const again = await openedWith(1)
    const { rows, whole } = again.getState()
    expect([rows.accounts.size, rows.reports.size, whole]).toEqual([1, 0, false])
    await again.whole
    expect([again.getState().rows.reports.size, again.getState().whole]).toEqual([1, true])
  })

  it('waits for all rows when what was typed changes a report', async () => {
    const again = await openedWith(1)
    await again.whole
    const [id] = [...again.getState().rows.reports.keys()]
    await again.save([{ kind: 'report.withdraw', entityId: id ?? '', base: 1, body: { reason: null } }])
    const { membershipId } = again.getState().identity
    again.close()
    const state = (await open(membershipId)).getState()
    expect([state.whole, state.rows.reports.get(id ?? '')?.status]).toEqual([true, 'withdrawn'])
  })

  it('draws the same first visits from the day’s rows as from all, whatever was typed since', async () => {
    const membershipId = newId()
    const first = await open(membershipId)
    const accounts = Array.from({ length: 400 }, (_, at) => ({
      ...account,
      id: newId(),
      priority: at % 7 === 0 ? 1 : 0,
      visitEveryDays: 30,
      lastVisitDay: at % 5 === 0 ? null : `2026-0${1 + (at % 9)}-0${1 + (at % 8)}`,
    }))
    bring({ accounts: accounts as never, reports: [] })
    first.sync()
    await vi.waitFor(() => expect(first.getState().rows.accounts.size).toBe(400))
    await allAccepted(first)
    offline = true
    const shown = ({ rows }: PhoneState) =>
      dueVisits({ accounts: [...rows.accounts.values()], callbacks: [] }, '2026-11-30').slice(0, 8)
    for (const { accountId } of shown(first.getState()).slice(0, 3)) {
      const body = { ...reportBody, accountId, day: '2026-11-30' }
      await first.save([{ kind: 'report.create', entityId: newId(), base: 0, body }])
    }
    first.close()
    const again = await open(membershipId)
    const before = again.getState()
    await again.whole
    expect([before.whole, before.rows.accounts.size < 40]).toEqual([false, true])
    expect(shown(before)).toEqual(shown(again.getState()))
    expect(shown(before)).toHaveLength(8)
  })
})

describe('a day that was foreseen', () => {
  const TODAY = '2026-11-30'
  const asks = (id: string, entity: 'account' | 'report', spec: object) => ({
    id,
    territoryId: 't',
    entity,
    key: id,
    version: 1,
    retired: false,
    slot: null,
    spec: {
      label: { fr: id },
      why: { fr: 'x' },
      options: [],
      required: false,
      reportable: false,
      position: 0,
      shared: false,
      ...spec,
    },
  })
  const frame = {
    territories: [{ id: 't', parentId: null, rank: 0, name: 'Pays Basque', path: 't/' }],
    fields: [
      asks('plan', 'report', {
        type: 'yes_no',
        givebacks: [{ kind: 'priority', visits: [{ option: 'true', everyDays: 7 }] }],
      }),
      asks('end', 'report', {
        type: 'date',
        givebacks: [{ kind: 'reminder', label: { fr: 'Contrat' }, daysBefore: 30 }],
      }),
      asks('size', 'account', { type: 'yes_no', givebacks: [] }),
    ],
    pastFields: [],
  }
  const objective = {
    id: 'o',
    path: 't/',
    territoryName: 'Pays Basque',
    segment: { kind: 'client', answer: { fieldId: 'size', of: 'account', options: ['true'] } },
    label: { fr: 'size' },
    why: 'La foire',
    by: 'Chef',
    refused: [],
    everyWeeks: null,
    fromDay: '2026-11-20',
    toDay: '2026-12-20',
  }
  /** 300 accounts, of which answers of reports and an objective ask what last visits do not tell. */
  const openedOnce = async (vault?: Vault): Promise<{ membershipId: string; first: PhoneStore }> => {
    const membershipId = newId()
    const first = await open(membershipId, vault)
    const accounts = Array.from({ length: 300 }, (_, at) => ({
      id: newId(),
      territoryId: 't',
      kind: 'client',
      name: `Compte ${at}`,
      priority: 0,
      priorityReason: null,
      // Half of them late, all seen since three weeks: a rhythm of seven days comes before.
      visitEveryDays: at % 2 ? 12 : 90,
      lastVisitDay: `2026-11-${10 + (at % 7)}`,
      values: at % 40 === 0 ? { size: { v: 1, x: true } } : {},
      version: 1,
    }))
    const reports = accounts.flatMap((account, at) =>
      at % 30 === 0 || at % 50 === 2
        ? [
            {
              id: newId(),
              accountId: account.id,
              territoryId: 't',
              kind: 'visit',
              day: account.lastVisitDay,
              status: 'accepted',
              outcome: 'none',
              values: at % 30 === 0 ? { plan: { v: 1, x: true } } : { end: { v: 1, x: '2026-12-10' } },
              version: 1,
            },
          ]
        : [],
    )
    bring({
      accounts: accounts as never,
      reports: reports as never,
      frame: frame as never,
      objectives: [objective] as never,
    })
    first.sync()
    await vi.waitFor(() => expect(first.getState().rows.accounts.size).toBe(300))
    await allAccepted(first)
    offline = true
    return { membershipId, first }
  }
  const shown = (state: PhoneState, day = TODAY) => agendaOf(state, day).due.slice(0, 8)

  it.each([
    ['on the same day', TODAY],
    ['after a week-end', '2026-12-03'],
  ])('is drawn at once as it is with all rows, %s: rhythms, reminders and objectives too', async (_, day) => {
    const { membershipId, first } = await openedOnce()
    await foresee(first, TODAY)
    first.close()
    const again = await open(membershipId, undefined, day)
    const before = again.getState()
    const drawn = shown(before, day)
    await again.whole
    expect([before.whole, before.rows.accounts.size < 40, before.rows.reports.size]).toEqual([false, true, 0])
    expect(drawn).toHaveLength(8)
    expect(drawn).toEqual(shown(again.getState(), day))
    const codes = agendaOf(again.getState(), day)
      .due.slice(0, 8)
      .map(({ reasons }) => reasons[0].code)
    expect(codes).toContain('OBJECTIVE')
    expect(drawn.some(({ reasons }) => reasons.some(({ code }) => code === 'ANSWER'))).toBe(true)
    expect(again.getState().foreseen).toBeUndefined()
  })

  it('stands back for a visit made since', async () => {
    const { membershipId, first } = await openedOnce()
    await foresee(first, TODAY)
    const [next] = shown(first.getState())
    const body = {
      accountId: next?.accountId ?? '',
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: TODAY,
      note: null,
      fieldSet: '',
      values: {},
      seconds: {},
      durationSeconds: 0,
    } as const
    await first.save([{ kind: 'report.create', entityId: newId(), base: 0, body }])
    first.close()
    const again = await open(membershipId)
    const before = again.getState()
    await again.whole
    expect(before.whole).toBe(false)
    expect(shown(before)).toEqual(shown(again.getState()))
    expect(shown(before).map(({ accountId }) => accountId)).not.toContain(next?.accountId)
  })

  it('is told by last visits alone once it is too long ago', async () => {
    const { membershipId, first } = await openedOnce()
    await foresee(first, '2026-11-20')
    first.close()
    const before = (await open(membershipId)).getState()
    expect([before.whole, before.foreseen]).toEqual([false, undefined])
    expect(shown(before)).toHaveLength(8)
  })

  it('lies closed under a code, and one that cannot be read keeps nobody from opening', async () => {
    const vault = makeVault(await importKey(crypto.getRandomValues(new Uint8Array(32))))
    const { membershipId, first } = await openedOnce(vault)
    await foresee(first, TODAY)
    expect(await first.cache.get('meta', 'days')).toHaveProperty('sealed')
    first.close()
    const again = await open(membershipId, vault)
    expect(again.getState().foreseen?.ids).toHaveLength(16)
    await again.whole
    await again.cache.put('meta', { sealed: new ArrayBuffer(40) } as never, 'days')
    again.close()
    expect((await open(membershipId, vault)).getState().foreseen).toBeUndefined()
  })
})

it('what an earlier build kept row by row is there after an update without network', async () => {
  const membershipId = newId()
  const earlier = await openDB(`fieldback-cache-${membershipId}`, 1, {
    upgrade(db) {
      for (const name of ['accounts', 'contacts', 'reports', 'callbacks'])
        db.createObjectStore(name, { keyPath: 'id' })
      db.createObjectStore('meta')
    },
  })
  await earlier.put('accounts', { id: 'a', name: 'Fromagerie Harispe', values: {} })
  await earlier.put('reports', { id: 'r', accountId: 'a', values: {} })
  const frame = { territories: [], fields: [], pastFields: [] }
  const meta = { cursor: 'c', epoch, frameTag: 'f', frame, pack: null, complete: true, territoryIds: ['t'] }
  await earlier.put('meta', { ...meta, displayName: 'Maialen', pulledAt: '2026-11-19T10:00:00Z' }, 'sync')
  earlier.close()
  offline = true
  const phone = await open(membershipId)
  await phone.whole
  const { rows, complete, territoryIds } = phone.getState()
  expect([...rows.accounts.keys(), ...rows.reports.keys()]).toEqual(['a', 'r'])
  expect([complete, territoryIds]).toEqual([true, ['t']])
  const names = async () => (await indexedDB.databases()).map(({ name }) => name)
  await vi.waitFor(async () => expect(await names()).not.toContain(`fieldback-cache-${membershipId}`))
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

it('a save is kept, and seen by whoever looks, before the screens are told of it', async () => {
  const membershipId = newId()
  const phone = await open(membershipId)
  await allAccepted(phone)
  const seen: (string | number)[] = []
  phone.subscribe(() => seen.push('told'))
  const onKept = () => seen.push('kept', phone.getState().outbox.length)
  await phone.save([renamed('Espelette')], undefined, onKept)
  expect(seen.slice(0, 3)).toEqual(['kept', 1, 'told'])
  const { outbox } = await openDatabases(membershipId)
  expect(await readOutbox(outbox)).toHaveLength(1)
  outbox.close()
})

it('a try to send and a note of what was seen leave the rows what they are, with all that was worked out of them', async () => {
  offline = true
  const phone = await open(newId())
  await phone.save([renamed('Bayonne')])
  const { rows } = phone.getState()
  await vi.waitFor(() => expect(phone.getState().sync).toBe('offline'))
  const body = { fieldId: newId(), kind: 'badge', used: false, done: 'shown', about: null } as const
  await phone.save([{ kind: 'giveback.record', entityId: newId(), base: 0, body }])
  expect(phone.getState().outbox).toHaveLength(2)
  expect(phone.getState().rows).toBe(rows)
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

describe('under a code', () => {
  const lying = async (membershipId: string) => {
    const { cache, outbox } = await openDatabases(membershipId)
    const held = { items: await outbox.getAll('operations'), drafts: await outbox.getAll('drafts') }
    cache.close()
    outbox.close()
    return held
  }

  it('what is typed lies closed, is shown with the code and sent, and without it neither', async () => {
    const membershipId = newId()
    const vault = makeVault(await importKey(crypto.getRandomValues(new Uint8Array(32))))
    offline = true
    const phone = await open(membershipId, vault)
    await phone.save([renamed('Espelette')])
    await phone.keepDraft({ id: 'new:a', note: 'Il boite' } as Draft)
    const { items, drafts } = await lying(membershipId)
    expect(items[0]?.operation).toMatchObject({ seq: 1, body: { sealed: expect.any(ArrayBuffer) } })
    expect(drafts).toEqual([{ id: 'new:a', sealed: expect.any(ArrayBuffer) }])
    phone.close()
    await expect(open(membershipId)).rejects.toThrow('Locked.')
    offline = false
    const again = await open(membershipId, vault)
    expect(again.getState().drafts.get('new:a')?.note).toBe('Il boite')
    await allAccepted(again)
    expect(again.getState().outbox[0]?.operation.body).toEqual({ city: 'Espelette' })
    expect(held.size).toBe(1)
  })
  it('a draft that was saved as a report does not come back, however late it was closed', async () => {
    const membershipId = newId()
    const vault = makeVault(await importKey(crypto.getRandomValues(new Uint8Array(32))))
    const phone = await open(membershipId, vault)
    const drafts = ['a', 'ab', 'abc'].map((note) => ({ id: 'new:a', note }) as Draft)
    const keeping = drafts.map((draft) => phone.keepDraft(draft))
    await phone.save([renamed('Espelette')], 'new:a')
    await Promise.all(keeping)
    expect((await lying(membershipId)).drafts).toEqual([])
  })
})

it('who signed out is not opened when his identity comes back after a crash', async () => {
  const membershipId = newId()
  const phone = await open(membershipId)
  await allAccepted(phone)
  phone.close()
  await noteSignedOut(membershipId)
  await expect(open(membershipId)).rejects.toThrow('Signed out.')
})
