import { createHash } from 'node:crypto'
import { openTestWorld, type TestWorld } from '@fieldback/api/test-world'
import { FieldbackError } from '@fieldback/domain/errors'
import { CHUNK_BYTES } from '@fieldback/domain/media/media'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dice } from './dice.ts'
import { modelGround } from './model-ground.ts'
import { modelServer } from './model-server.ts'
import { postgresServer } from './postgres-server.ts'
import type { Caller, Server } from './server.ts'

// Whole batches and pages at once, as the real server gives them.
const ROWS_A_PAGE = 2_000
// The database stamps some rows by its own clock.
let now = Date.now()
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld({ now: () => new Date(now) })
})
afterAll(() => world.close())

type Both = { readonly model: Server; readonly real: Server }
async function open(seed: number): Promise<Both> {
  const start = modelGround(dice(seed).newId)
  const model = modelServer(start, { now: () => now, rowsAPage: ROWS_A_PAGE })
  return { model, real: await postgresServer(world, start, crypto.randomUUID()) }
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
/** What a phone makes of a page; cursors and the names of organisations are each server's own. */
const told = (page: PullPage) => ({
  reset: page.reset,
  more: page.more,
  accounts: byId(page.accounts),
  contacts: byId(page.contacts),
  reports: byId(page.reports),
  callbacks: byId(page.callbacks),
  left: [...page.left].sort(),
  gone: [...(page.gone ?? [])].sort(),
  fields: page.frame && byId(page.frame.fields).map(({ id, version, spec }) => [id, version, spec.required]),
  past: page.frame?.pastFields.map(({ id, version }) => [id, version]),
  me: { ...page.me, orgId: '' },
})

/** Changes are timed by the database, and by the model's own clock. */
const withoutTimes = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told ?? null, (key, value) => (key === 'at' ? undefined : value)))

/** The same calls to both, whose answers must be the same. */
function asking({ model, real }: Both) {
  const pages = new Map<string, readonly [PullPage, PullPage]>()
  const same = async <T>(ask: (server: Server) => Promise<T>): Promise<T> => {
    const said = async (server: Server) =>
      ask(server).catch((error: unknown) => {
        if (error instanceof FieldbackError) return { refused: error.code } as T
        throw error
      })
    const [ours, theirs] = [await said(model), await said(real)]
    expect(withoutTimes(ours)).toEqual(withoutTimes(theirs))
    return ours
  }
  return {
    ground: model.ground,
    push: (caller: Caller, operations: readonly Operation[], epoch: string | null = null) =>
      same((server) => server.push(caller, operations, epoch)),
    photo: (...call: Parameters<Server['photo']>) => same((server) => server.photo(...call)),
    async pull(caller: Caller) {
      const before = pages.get(caller.deviceId)
      await world.settled()
      const from = (page: PullPage | undefined) => ({
        membershipId: caller.membershipId,
        cursor: page?.cursor ?? null,
        frameTag: page?.frameTag ?? null,
        packAsOf: null,
        keepsLists: true,
      })
      const ours = await model.pull(caller, from(before?.[0]))
      const theirs = await real.pull(caller, from(before?.[1]))
      expect(told(ours)).toEqual(told(theirs))
      pages.set(caller.deviceId, [ours, theirs])
      return ours
    },
    async desk(act: Parameters<Server['desk']>[0]) {
      await model.desk(act)
      await real.desk(act)
    },
    /** A manager does the same to what was put aside, which each server keeps under an id of its own. */
    async settle(what: 'file' | 'give-back', opId: string, accountId: string) {
      for (const server of [model, real]) {
        const item = (await server.truth()).aside.find((one) => one.opId === opId)
        await server.desk({ do: what, itemId: item?.itemId ?? '', accountId })
      }
    },
    async told(caller: Caller, opIds: readonly string[], takenBack: readonly string[] = []) {
      const [ours, theirs] = [model, real].map(async (server) => {
        const { settled } = await server.told(caller, { opIds, takenBack })
        return settled
          .toSorted((a, b) => (a.opId < b.opId ? -1 : 1))
          .map(({ kind, by, word, answer }) => ({ kind, by, word, status: answer?.status ?? null }))
      })
      expect(await ours).toEqual(await theirs)
      return ours
    },
  }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const envelope = (newId: () => string, entityId: string, seq = 1, base = 0) => ({
  opId: newId(),
  entityId,
  seq,
  base,
  capturedAt: new Date(now).toISOString(),
  clockOffset: 0,
})
const visit = (
  newId: () => string,
  accountId: string,
  over: object = {},
  at: readonly [string, number?, number?] = [newId()],
) =>
  ({
    ...envelope(newId, ...at),
    kind: 'report.create',
    body: {
      accountId,
      contactId: null,
      kind: 'visit',
      outcome: 'order',
      day: '2026-11-20',
      note: 'Vu',
      fieldSet: 'unknown',
      values: {},
      seconds: {},
      durationSeconds: 30,
      ...over,
    },
  }) as Operation
const corrected = (newId: () => string, id: string, body: object, seq = 1, base = 1) =>
  ({ ...envelope(newId, id, seq, base), kind: 'account.update', body }) as Operation

describe('the model of the server answers as the server does', () => {
  it('applied, duplicate, reused, waiting, malformed, forbidden, unknown, invalid, in one batch and again', async () => {
    const { newId } = dice(1)
    const { ground, push, pull } = asking(await open(101))
    const [first] = ground.reps[0]?.callers ?? []
    const [, second] = ground.reps[1]?.callers ?? []
    if (!first || !second) throw new Error('no reps')
    const [a = '', b = ''] = ground.accountIds
    await pull(first)
    await pull(second)
    const filed = visit(newId, a, { values: { [ground.fieldId]: { v: 1, x: true } } })
    const batch = [
      filed,
      corrected(newId, b, { city: 'Espelette', phone: '05 59 00 00 01' }),
      visit(newId, ground.foreignId),
      visit(newId, newId()),
      visit(newId, a, { values: { [ground.fieldId]: { v: 1, x: 'oui' } } }),
      visit(newId, a, { values: { [newId()]: { v: 1, x: true } } }),
      corrected(newId, a, { city: 'Ciboure' }, 3),
      { ...filed, body: { ...filed.body, note: 'Autre' } } as Operation,
      { ...filed, seq: -1 } as Operation,
    ]
    const answers = await push(first, batch)
    expect(answers.map(({ status }) => status)).toEqual([
      'applied',
      'applied',
      ...Array.from({ length: 4 }, () => 'quarantined'),
      'waiting',
      'quarantined',
      'quarantined',
    ])
    await push(first, batch)
    await pull(first)
    await pull(second)
    await push(first, [filed], newId())
  })

  it('what is filed, corrected by two and taken back comes to both phones with the same versions', async () => {
    const { newId } = dice(2)
    const { ground, push, pull } = asking(await open(102))
    const [one, two] = ground.reps.map(({ callers }) => callers[0])
    if (!one || !two) throw new Error('no reps')
    const [a = ''] = ground.accountIds
    await pull(one)
    await pull(two)
    const report = newId()
    const callback = newId()
    const person = newId()
    await push(one, [
      visit(newId, a, {}, [report]),
      {
        ...envelope(newId, callback),
        kind: 'callback.set',
        body: { accountId: a, contactId: null, dueDay: '2026-12-01', reason: 'Après 17 h' },
      },
      {
        ...envelope(newId, person),
        kind: 'contact.create',
        body: {
          accountId: a,
          firstName: '',
          lastName: 'Etchart',
          jobTitle: null,
          phone: null,
          email: null,
          values: {},
        },
      },
    ] as Operation[])
    await push(two, [corrected(newId, a, { city: 'Hasparren' })])
    const merged = await push(one, [corrected(newId, a, { city: 'Cambo' })])
    expect(merged[0]).toMatchObject({ status: 'applied', version: 3, merges: [{ field: 'city' }] })
    await pull(two)
    await push(one, [
      { ...envelope(newId, report, 2, 1), kind: 'report.amend', body: { note: 'Revu' } },
      { ...envelope(newId, report, 3, 2), kind: 'report.withdraw', body: { reason: null } },
      { ...envelope(newId, callback, 2, 1), kind: 'callback.done', body: {} },
    ] as Operation[])
    await push(two, [
      { ...envelope(newId, report, 1, 1), kind: 'report.amend', body: { note: 'À moi' } } as Operation,
    ])
    await pull(one)
    await pull(two)
  })

  it('accounts that leave and come back, a contact deleted, a question made required', async () => {
    const { newId } = dice(3)
    const { ground, push, pull, desk } = asking(await open(103))
    const [one] = ground.reps[0]?.callers ?? []
    if (!one) throw new Error('no reps')
    const [a = '', b = ''] = ground.accountIds
    await pull(one)
    await push(one, [visit(newId, b)])
    now += 60_000
    await desk({ do: 'move', accountId: b, to: ground.elsewhere })
    expect((await pull(one)).left).toEqual([b])
    await push(one, [visit(newId, b), corrected(newId, b, { city: 'Sare' })])
    now += 60_000
    await desk({ do: 'move', accountId: b, to: ground.home })
    expect((await pull(one)).reports).toHaveLength(1)
    await desk({ do: 'delete-contact', contactId: ground.contactId })
    await push(one, [visit(newId, a, { contactId: ground.contactId })])
    expect((await pull(one)).gone).toEqual([ground.contactId])
    await desk({ do: 'publish' })
    const [old] = await push(one, [
      visit(newId, a, { values: { [ground.fieldId]: { v: 1, x: true } } }),
      visit(newId, a),
    ])
    expect(old).toMatchObject({ status: 'applied', reportStatus: 'accepted' })
    expect((await pull(one)).frame?.fields[0]?.version).toBe(2)
  })

  it('a slow writer holds back what came after it, and nothing is skipped once it is over', async () => {
    const { newId } = dice(4)
    const both = await open(104)
    const { ground, push, pull, desk } = asking(both)
    const [one] = ground.reps[0]?.callers ?? []
    if (!one) throw new Error('no reps')
    const [a = ''] = ground.accountIds
    await pull(one)
    await desk({ do: 'hold' })
    await push(one, [visit(newId, a)])
    for (const server of [both.model, both.real]) {
      const held = await server.pull(one, {
        membershipId: one.membershipId,
        cursor: null,
        frameTag: null,
        packAsOf: null,
      })
      expect(held.reports).toEqual([])
    }
    await desk({ do: 'release' })
    expect((await pull(one)).reports).toHaveLength(1)
  })

  it('a backup brings back what it held, under another epoch, and takes again what came since', async () => {
    const { newId } = dice(7)
    const both = await open(107)
    const { ground, push, pull, desk } = asking(both)
    const [one] = ground.reps[0]?.callers ?? []
    if (!one) throw new Error('no reps')
    const [a = '', b = ''] = ground.accountIds
    const before = visit(newId, a, { values: { [ground.fieldId]: { v: 1, x: true } } })
    await push(one, [before])
    await pull(one)
    const restores = await Promise.all([both.model.backUp(), both.real.backUp()])
    const after = visit(newId, b)
    await push(one, [after, visit(newId, ground.foreignId)])
    await desk({ do: 'publish' })
    await desk({ do: 'delete-contact', contactId: ground.contactId })
    for (const restore of restores) await restore()
    const page = await pull(one)
    expect([page.reset, page.reports.map(({ id }) => id)]).toEqual([true, [before.entityId]])
    expect(page.contacts.map(({ id }) => id)).toContain(ground.contactId)
    const [again, anew] = await push(one, [before, after])
    expect([again?.status, anew?.status]).toEqual(['duplicate', 'applied'])
    expect((await pull(one)).reports).toHaveLength(1)
  })

  it('a photo comes chunk by chunk behind the report that shows it, once and from its author alone', async () => {
    const { newId } = dice(6)
    const { ground, push, photo } = asking(await open(106))
    const [one] = ground.reps[0]?.callers ?? []
    const [two] = ground.reps[1]?.callers ?? []
    if (!one || !two) throw new Error('no reps')
    const [a = ''] = ground.accountIds
    const id = newId()
    const jpeg = new Uint8Array(CHUNK_BYTES + 1_000).fill(7)
    jpeg.set([0xff, 0xd8, 0xff])
    const report = visit(newId, a, { values: { [ground.photoFieldId]: { v: 1, x: [id] } } })
    const { membershipId } = one
    const head = {
      membershipId,
      reportId: report.entityId,
      fieldId: ground.photoFieldId,
      bytes: jpeg.byteLength,
      sha256: hashOf(jpeg),
    }
    const part = (chunk: number, from: number, to?: number) => {
      const body = jpeg.slice(from, to)
      return { chunk, body, sha256: hashOf(body) }
    }
    const [first, last] = [part(0, 0, CHUNK_BYTES), part(1, CHUNK_BYTES)]
    await photo(one, id, head)
    await photo(one, id, first)
    await push(one, [report])
    await photo(two, id, head)
    await photo(one, id, { ...head, fieldId: ground.fieldId })
    expect(await photo(one, id, head)).toMatchObject({ received: 0, kept: false })
    await photo(one, id, { ...first, sha256: last.sha256 })
    await photo(one, id, last)
    await photo(two, id, first)
    expect(await photo(one, id, first)).toMatchObject({ received: 1, kept: false })
    await photo(one, id, first)
    await photo(one, id, { ...head, sha256: first.sha256 })
    expect(await photo(one, id, last)).toMatchObject({ received: 2, kept: true })
    expect(await photo(one, id, head)).toMatchObject({ received: 2, kept: true })
    const broken = newId()
    const other = visit(newId, a, { values: { [ground.photoFieldId]: { v: 1, x: [broken] } } })
    await push(one, [other])
    const wrong = { ...head, reportId: other.entityId, sha256: first.sha256 }
    await photo(one, broken, wrong)
    await photo(one, broken, first)
    await photo(one, broken, last)
    expect(await photo(one, broken, wrong)).toMatchObject({ received: 0, kept: false })
  })

  it('what was put aside is filed, given back or taken back once, and its author is told which', async () => {
    const { newId } = dice(5)
    const { ground, push, pull, settle, told } = asking(await open(105))
    const [one] = ground.reps[0]?.callers ?? []
    const [two] = ground.reps[1]?.callers ?? []
    if (!one || !two) throw new Error('no reps')
    const [a = ''] = ground.accountIds
    const sent = [
      visit(newId, ground.foreignId),
      visit(newId, a, { values: { [ground.fieldId]: { v: 1, x: 'peut-être' } } }),
      visit(newId, newId()),
      visit(newId, ground.foreignId),
      visit(newId, ground.foreignId),
    ]
    const opIds = sent.map(({ opId }) => opId)
    const [foreign = '', odd = '', unknown = '', back = ''] = opIds
    expect((await push(one, sent)).map(({ status }) => status)).toEqual(sent.map(() => 'quarantined'))
    expect(await told(one, opIds)).toEqual([])
    await settle('file', foreign, a)
    await settle('file', odd, a)
    await settle('give-back', unknown, a)
    // Too late: it is settled.
    await settle('give-back', foreign, a)
    await settle('file', unknown, a)
    expect((await told(one, opIds, [back]))?.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      'accepted',
      'returned',
      'taken_back',
    ])
    await settle('file', back, a)
    expect(await told(two, opIds)).toEqual([])
    expect((await pull(one)).reports.map(({ accountId, values }) => [accountId, values])).toEqual([
      [a, {}],
      [a, {}],
    ])
    await push(one, sent)
  })
})
