import type { AsideSettled } from '@fieldback/domain/quarantine/settled'
import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { OutboxItem } from '../src/mobile/data/outbox-item.ts'
import type { LockRecord } from '../src/mobile/lock/lock-store.ts'
import { isClosed } from '../src/mobile/lock/make-vault.ts'
import type { Photo } from '../src/mobile/media/photo-store.ts'
import type { Call } from './browser.ts'
import type { Phone } from './game.ts'
import type { Bugs } from './play.ts'
import type { Caller, Server } from './server.ts'
import { storesOf } from './storage.ts'

/** A bug that somebody could write, put between the code and its surroundings. State is made anew for each schedule. */
export type Mutant = { readonly name: string; readonly bugs: () => Bugs }

type Push = Server['push']

/** A server whose answer to a push is another. */
const pushing =
  (change: (push: Push, server: Server) => Push): (() => Bugs) =>
  () => ({ server: (server) => ({ ...server, push: change(server.push, server) }) })

/** A server whose pages are others. */
const paging =
  (change: (page: PullPage, caller: Caller) => PullPage): (() => Bugs) =>
  () => ({
    server: (server) => ({
      ...server,
      pull: async (caller, from) => change(await server.pull(caller, from), caller),
    }),
  })

/** A server that tells something else of what was put aside. */
const telling =
  (change: (settled: readonly AsideSettled[]) => readonly AsideSettled[]): (() => Bugs) =>
  () => ({
    server: (server) => ({
      ...server,
      told: async (caller, asked) => ({ settled: change((await server.told(caller, asked)).settled) }),
    }),
  })

const outboxOf = (phone: Pick<Phone, 'device'>, membershipId: string) =>
  storesOf(phone.device, `fieldback-outbox-${membershipId}`)

const dropItems = (
  phone: Pick<Phone, 'device'>,
  membershipId: string,
  drop: (item: OutboxItem) => boolean,
): void => {
  const records = outboxOf(phone, membershipId)?.get('operations')?.records
  for (const { key, value } of [...(records?.values() ?? [])])
    if (drop(value as OutboxItem)) records?.delete(key)
}

const applied = (opId: string): OperationAnswer => ({ status: 'applied', opId, version: 1 })

const isItem = (store: string): boolean => store === 'operations'
const renamed = (operation: Operation): Operation => ({ ...operation, opId: crypto.randomUUID() })
const batchOf = ({ body }: Call): Operation[] => (body.operations ?? []) as Operation[]

/** Changes what is stored in the outbox. */
const storing =
  (change: (item: OutboxItem) => OutboxItem | null): (() => Bugs) =>
  () => ({ ports: { storing: (store, value) => (isItem(store) ? change(value as OutboxItem) : value) } })

export const MUTANTS: readonly Mutant[] = [
  // The phone's storage.
  {
    name: 'the outbox is cleared when a batch is sent, before its answer',
    bugs: () => ({
      onCall: (call) => {
        const sent = new Set(batchOf(call).map(({ opId }) => opId))
        dropItems({ device: call.tab.phone }, String(call.body.membershipId), ({ operation }) =>
          sent.has(operation.opId),
        )
      },
    }),
  },
  {
    name: 'what was set aside is kept as accepted',
    bugs: storing((item) => (item.state === 'aside' ? { ...item, state: 'accepted' } : item)),
  },
  {
    name: 'what is thrown away is gone at once',
    bugs: storing((item) => {
      const { discarded: _, ...rest } = item
      return rest
    }),
  },
  {
    name: 'what had arrived is held for thrown away',
    bugs: pushing(
      (push) =>
        async (...batch) =>
          (await push(...batch)).map((answer, at) =>
            batch[1][at]?.kind === 'operation.discard'
              ? { status: 'applied', opId: batch[1][at]?.opId ?? '', version: 0 }
              : answer,
          ),
    ),
  },
  { name: 'what was set aside is not kept', bugs: storing((item) => (item.state === 'aside' ? null : item)) },
  {
    name: 'work is held for accepted as soon as it is saved',
    bugs: storing((item) => (item.state === 'phone' ? { ...item, state: 'accepted' } : item)),
  },
  {
    name: 'a correction is saved without what it says',
    bugs: storing((item) =>
      item.operation.kind === 'account.update'
        ? ({ ...item, operation: { ...item.operation, body: {} } } as OutboxItem)
        : item,
    ),
  },
  {
    name: 'drafts are dropped when somebody else takes the phone',
    bugs: () => ({
      onSwitch: (phone, membershipId) => void outboxOf(phone, membershipId)?.get('drafts')?.records.clear(),
    }),
  },
  {
    name: 'signing out clears the outbox',
    bugs: () => ({ onSwitch: (phone, membershipId) => dropItems(phone, membershipId, () => true) }),
  },
  { name: 'a full storage is not told of', bugs: () => ({ ports: { fullIsSilent: true } }) },
  { name: 'two people share the databases of a phone', bugs: () => ({ ports: { sharedDatabases: true } }) },
  {
    name: 'an upgrade makes the outbox anew',
    bugs: () => ({ onUpgrade: (phone, membershipId) => dropItems(phone, membershipId, () => true) }),
  },
  {
    name: 'opening lets go of what waits',
    bugs: () => ({
      onOpen: (phone, membershipId) => dropItems(phone, membershipId, ({ state }) => state === 'phone'),
    }),
  },
  {
    name: 'the cursor is kept and the rows are not',
    bugs: () => ({ ports: { storing: (store, value) => (store === 'reports' ? null : value) } }),
  },
  {
    name: 'sequence numbers begin anew',
    bugs: () => ({
      ports: { storing: (store, value) => (store === 'sequence' ? (value as number) + 1 : value) },
    }),
  },
  // The phone's sender.
  {
    name: 'nothing wakes the sender after a failure',
    bugs: () => ({ ports: { lostTimer: (delay) => delay < 45_000 || delay > 75_000 } }),
  },
  {
    name: 'what fails is held for accepted',
    bugs: () => ({
      onFailure: (call) => {
        if (!call.path.endsWith('push')) return false
        call.answer(200, {
          answers: batchOf(call).map(({ opId }) => applied(opId)),
          serverTime: new Date(0).toISOString(),
        })
        return true
      },
    }),
  },
  {
    name: 'each try has another id',
    bugs: pushing((push) => (caller, sent, epoch) => push(caller, sent.map(renamed), epoch)),
  },
  {
    name: 'answers are read in the wrong order',
    bugs: pushing(
      (push) =>
        async (...batch) =>
          [...(await push(...batch))].reverse(),
    ),
  },
  {
    name: 'a refusal is read as accepted',
    bugs: pushing(
      (push) =>
        async (...batch) =>
          (await push(...batch)).map((answer, at) =>
            answer.status === 'quarantined' ? applied(batch[1][at]?.opId ?? '') : answer,
          ),
    ),
  },
  // The server.
  {
    name: 'only the first of a batch is written, and all are told so',
    bugs: pushing((push) => async (caller, sent, epoch) => [
      ...(await push(caller, sent.slice(0, 1), epoch)),
      ...sent.slice(1).map(({ opId }) => applied(opId)),
    ]),
  },
  {
    name: 'a duplicate is not recognised',
    bugs: () => ({
      server: (server) => {
        const seen = new Set<string>()
        const again = (operation: Operation): Operation =>
          seen.has(operation.opId) && operation.kind === 'report.create'
            ? { ...renamed(operation), entityId: crypto.randomUUID() }
            : operation
        return {
          ...server,
          async push(caller, sent, epoch) {
            const answers = await server.push(caller, sent.map(again), epoch)
            for (const { opId } of sent) seen.add(opId)
            return answers
          },
        }
      },
    }),
  },
  {
    name: 'what a phone typed earlier than another is dropped by its clock',
    bugs: pushing((push) => {
      let latest = ''
      return async (caller, sent, epoch) => {
        const answers: OperationAnswer[] = []
        for (const operation of sent) {
          const old = operation.capturedAt < latest && operation.kind === 'report.create'
          latest = operation.capturedAt > latest ? operation.capturedAt : latest
          answers.push(
            old ? applied(operation.opId) : ((await push(caller, [operation], epoch))[0] ?? applied('')),
          )
        }
        return answers
      }
    }),
  },
  {
    name: 'a merge overwrites what a correction does not name',
    bugs: pushing(
      (push) => (caller, sent, epoch) =>
        push(
          caller,
          sent.map((operation) =>
            operation.kind === 'report.amend'
              ? { ...operation, body: { ...operation.body, note: null } }
              : operation,
          ),
          epoch,
        ),
    ),
  },
  {
    name: 'an answer to a question of before is refused',
    bugs: pushing((push, server) => async (caller, sent, epoch) => {
      const version = (
        await server.pull(caller, { membershipId: null, cursor: null, frameTag: null, packAsOf: null })
      ).frame?.fields.find(({ id }) => id === server.ground.fieldId)?.version
      const late = (operation: Operation): boolean => {
        const answer = operation.kind === 'report.create' && operation.body.values[server.ground.fieldId]
        return answer ? answer.v !== version : false
      }
      const answers = await push(
        caller,
        sent.filter((operation) => !late(operation)),
        epoch,
      )
      const told = [...answers]
      return sent.map((operation) =>
        late(operation) ? applied(operation.opId) : (told.shift() ?? applied('')),
      )
    }),
  },
  {
    name: 'a restored backup is not told of',
    bugs: () => ({
      server: (server) => {
        let first: string | null = null
        return {
          ...server,
          push: (caller, sent) => server.push(caller, sent, null),
          async pull(caller, from) {
            const page = await server.pull(caller, from)
            first ??= page.epoch
            return { ...page, epoch: first }
          },
        }
      },
    }),
  },
  {
    name: 'a restored backup does not begin anew',
    bugs: () => ({
      server: (server) => {
        let restored = false
        return {
          ...server,
          async backUp() {
            const restore = await server.backUp()
            return async () => {
              await restore()
              restored = true
            }
          },
          async pull(caller, from) {
            const page = await server.pull(caller, from)
            return restored ? { ...page, reset: false } : page
          },
        }
      },
    }),
  },
  // Managers.
  {
    name: 'what a manager filed is filed again by another',
    bugs: () => ({
      server: (server) => {
        const sent = new Map<string, readonly [Caller, Operation]>()
        return {
          ...server,
          async push(caller, operations, epoch) {
            for (const operation of operations) sent.set(operation.opId, [caller, operation])
            return server.push(caller, operations, epoch)
          },
          async desk(act) {
            await server.desk(act)
            if (act.do !== 'file') return
            const item = (await server.truth()).aside.find(({ itemId }) => itemId === act.itemId)
            const [caller, operation] = sent.get(item?.opId ?? '') ?? []
            if (!caller || operation?.kind !== 'report.create') return
            const body = { ...operation.body, accountId: act.accountId, values: {} }
            const again = { ...renamed(operation), entityId: crypto.randomUUID(), body } as Operation
            await server.push(caller, [again], null)
          },
        }
      },
    }),
  },
  {
    name: 'what a manager gave back is told to nobody',
    bugs: telling((settled) => settled.filter(({ kind }) => kind !== 'returned')),
  },
  {
    name: 'what a manager filed is told to nobody',
    bugs: telling((settled) => settled.filter(({ kind }) => kind !== 'accepted')),
  },
  {
    name: 'what a manager gave back is told as filed',
    bugs: telling((settled) =>
      settled.map((told) => (told.kind === 'returned' ? { ...told, kind: 'accepted' } : told)),
    ),
  },
  // The lock.
  {
    name: 'what another page saves while the phone is closed is dropped',
    bugs: () => ({
      ports: {
        storing: (store, value, { phone }) =>
          isItem(store) && phone.kept.size > 0 && !isClosed((value as OutboxItem).operation.body)
            ? null
            : value,
      },
    }),
  },
  {
    name: 'a forgotten code takes what waits with it',
    bugs: () => ({
      onForgotten: (phone, membershipId) => dropItems(phone, membershipId, ({ state }) => state === 'phone'),
    }),
  },
  {
    name: 'the code that replaces a forgotten one closes another key',
    bugs: () => ({
      ports: {
        storing: (store, value, { phone }) =>
          store === 'keys' && [...phone.codes.values()].some((known) => known.length > 1)
            ? { ...(value as LockRecord), byCode: new ArrayBuffer(60) }
            : value,
      },
    }),
  },
  {
    name: 'drafts are dropped where a phone is put under a code',
    bugs: () => ({
      onLock: (phone, membershipId) => void outboxOf(phone, membershipId)?.get('drafts')?.records.clear(),
    }),
  },
  {
    name: 'what is closed is bound to the name of something else',
    bugs: storing((item) => {
      const { operation } = item
      return isClosed(operation.body) && operation.kind === 'account.update'
        ? { ...item, operation: { ...operation, opId: crypto.randomUUID() } }
        : item
    }),
  },
  // Photos.
  {
    name: 'a photo is held for sent with its first chunk',
    bugs: () => ({
      server: (server) => ({
        ...server,
        photo: async (...call) => {
          const told = await server.photo(...call)
          return { ...told, kept: told.received > 0 }
        },
      }),
    }),
  },
  {
    name: 'a photo is noted, and its bytes are not kept',
    bugs: () => ({ ports: { storing: (store, value) => (store === 'bytes' ? null : value) } }),
  },
  {
    name: 'a photo whose sending was cut off waits for an answer for ever',
    bugs: () => ({ onFailure: ({ path }) => path.startsWith('/api/media/') }),
  },
  {
    name: 'a photo is held for sent as soon as it is taken',
    bugs: () => ({
      ports: {
        storing: (store, value) =>
          store === 'photos'
            ? { ...(value as Photo), keptAt: (value as Photo).keptAt ?? '2026-11-20' }
            : value,
      },
    }),
  },
  {
    name: 'a report that was withdrawn still stands',
    bugs: pushing((push) => async (caller, sent, epoch) => {
      const told = [
        ...(await push(
          caller,
          sent.filter(({ kind }) => kind !== 'report.withdraw'),
          epoch,
        )),
      ]
      return sent.map(({ kind, opId }) =>
        kind === 'report.withdraw' ? applied(opId) : (told.shift() ?? applied('')),
      )
    }),
  },
  // Pull.
  { name: 'what was deleted stays', bugs: paging((page) => ({ ...page, gone: [] })) },
  { name: 'accounts that left stay', bugs: paging((page) => ({ ...page, left: [] })) },
  { name: 'call-backs are not pulled', bugs: paging((page) => ({ ...page, callbacks: [] })) },
  {
    name: 'a page brings all but its last row',
    bugs: paging((page) => ({ ...page, accounts: page.accounts.slice(0, -1) })),
  },
  {
    name: 'the pages behind the first are skipped',
    bugs: paging((page) => ({ ...page, more: false, accounts: page.more ? [] : page.accounts })),
  },
  {
    name: 'rows of a slow writer are skipped',
    bugs: () => ({
      server: (server) => {
        let held = false
        const skipped = new Set<string>()
        return {
          ...server,
          async desk(act) {
            if (act.do === 'hold') held = true
            if (act.do === 'release') held = false
            await server.desk(act)
          },
          async push(caller, sent, epoch) {
            if (held) for (const { entityId } of sent) skipped.add(entityId)
            return server.push(caller, sent, epoch)
          },
          async pull(caller, from) {
            const page = await server.pull(caller, from)
            return { ...page, reports: page.reports.filter(({ id }) => !skipped.has(id)) }
          },
        }
      },
    }),
  },
]
