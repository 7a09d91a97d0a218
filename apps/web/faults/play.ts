import { FieldbackError } from '@fieldback/domain/errors'
import { CHUNK_BYTES, mediaChunk, mediaHead } from '@fieldback/domain/media/media'
import type { Operation } from '@fieldback/domain/sync/operation'
import { ZodError } from 'zod'
import type { OutboxDb } from '../src/mobile/data/databases.ts'
import type { Draft } from '../src/mobile/data/draft.ts'
import { lockFlag } from '../src/mobile/data/identity.ts'
import { newId } from '../src/mobile/data/new-id.ts'
import type { NewOperation } from '../src/mobile/data/outbox.ts'
import { photosOf } from '../src/mobile/media/photos.ts'
import { discard, takeBack, withDependents } from '../src/mobile/sync/discard.ts'
import { hearSettled } from '../src/mobile/sync/hear-settled.ts'
import { changeTogether, hearTogether } from '../src/mobile/sync/outbox-together.ts'
import type { PullFrom } from '../src/mobile/sync/transport.ts'
import {
  type Call,
  dispatch,
  fireTimers,
  inTab,
  killTab,
  machine,
  openDevice,
  openTab,
  type Ports,
  quiet,
  startMachine,
  type Tab,
  type Taken,
} from './browser.ts'
import { type Dice, dice } from './dice.ts'
import { FATES, type Page, type Phone, type Play, TODAY, type Wrong } from './game.ts'
import { forgetCode, openPhone, setCode, takeCodeAway, tryWrong } from './locking.ts'
import { durable } from './lying.ts'
import { makePhotoReport, makeRefused, makeSave } from './make-save.ts'
import { judge, judgeEnd } from './oracle.ts'
import type { Fault, Step } from './schedule.ts'
import type { Asked, Caller, Server } from './server.ts'
import { upgradeDatabases } from './storage.ts'

/** Seeded bugs that are not of the code's surroundings. */
export type Bugs = {
  readonly ports?: Ports
  readonly server?: (server: Server) => Server
  readonly onSwitch?: (phone: Phone, membershipId: string) => void
  readonly onUpgrade?: (phone: Phone, membershipId: string) => void
  readonly onOpen?: (phone: Phone, membershipId: string) => void
  /** The code was just set, or forgotten and another chosen. */
  readonly onLock?: (phone: Phone, membershipId: string) => void
  readonly onForgotten?: (phone: Phone, membershipId: string) => void
  readonly onCall?: (call: Call) => void
  readonly onFailure?: (call: Call) => boolean
}

const START = Date.parse(`${TODAY}T08:00:00Z`)
const MINUTE = 60_000
/** Tries are five minutes apart at most, and each phone has its jitter. */
const PAUSE_MOST = 7 * MINUTE
/** In which each page asks twice. */
const TWO_TURNS = 2.5 * MINUTE
/** One exchange is some ten requests. */
const CALLS_MOST = 300
const MEDIA = '/api/media/'
/** Two chunks. */
const PHOTO_BYTES = CHUNK_BYTES + 1_000

export type Played = {
  readonly wrong: readonly Wrong[]
  readonly reached: ReadonlyMap<Fault, number>
  readonly saves: number
  readonly photos: number
}

/** Plays steps to their end, judged after each; stops at the first step after which something is wrong. */
export async function play(
  steps: readonly Step[],
  open: (now: () => number) => Promise<Server>,
  bugs: Bugs = {},
): Promise<Played> {
  startMachine(START, bugs.ports ?? {})
  const real = await open(() => machine.now)
  const phone = (index: 0 | 1): Phone => ({
    device: openDevice(index),
    person: 0,
    signedIn: true,
    offline: false,
    fates: [],
    photoFates: [],
  })
  const game: Play = {
    server: bugs.server?.(real) ?? real,
    phones: [phone(0), phone(1)],
    pages: [],
    typed: [],
    unsure: [],
    drafts: new Map(),
    photos: [],
    photosKept: new Set(),
    touched: new Set(),
    reached: new Map(),
    broken: [],
    saves: 0,
    slow: false,
    restore: null,
  }
  const moves = movesOf(game, { bugs, hasPhotos: steps.some((step) => step.do === 'photo') })
  await moves.openPage(game.phones[0], dice(1))
  let wrong: Wrong[] = []
  for (const [at, step] of steps.entries()) {
    machine.now += 1_000
    await moves.step(step)
    wrong = [...game.broken, ...judge(game, await real.truth())].map((fault) => ({ ...fault, step: at }))
    if (wrong.length > 0) break
  }
  if (wrong.length === 0) wrong = await moves.finish(real)
  for (const page of [...game.pages]) moves.kill(page)
  await quiet()
  await real.desk({ do: 'release' })
  return { wrong, reached: game.reached, saves: game.saves, photos: game.photos.length }
}

type Setting = {
  readonly bugs: Bugs
  /** Without any, nobody looks at them: that is done at each change of the outbox. */
  readonly hasPhotos: boolean
}

function movesOf(game: Play, { bugs, hasPhotos }: Setting) {
  const { server, pages } = game
  const late: { readonly call: Call; readonly caller: Caller }[] = []
  const reach = (fault: Fault): void => void game.reached.set(fault, (game.reached.get(fault) ?? 0) + 1)
  /** Whose pages have not heard yet that its code was set or taken away. */
  let locking: Phone | null = null
  const rep = (person: 0 | 1) => server.ground.reps[person] as Server['ground']['reps'][number]
  const memberOn = ({ device }: Phone, person: 0 | 1): string =>
    rep(person).callers[device.index].membershipId
  const callerOf = (phone: Phone): Caller => rep(phone.person).callers[phone.device.index]
  const pagesOf = (phone: Phone): Page[] => pages.filter((page) => page.phone === phone)

  async function serve(caller: Caller, call: Call): Promise<{ status: number; body: unknown }> {
    const { path, body } = call
    if (path === '/api/sync/settled') return { status: 200, body: await server.told(caller, body as Asked) }
    if (path.startsWith(MEDIA)) return servePhoto(caller, call)
    if (body.membershipId !== caller.membershipId) return { status: 403, body: { code: 'MEMBERSHIP_OTHER' } }
    try {
      if (path === '/api/sync/pull') return { status: 200, body: await server.pull(caller, body as PullFrom) }
      const { operations, epoch } = body as { operations: Operation[]; epoch: string | null }
      const answers = await server.push(caller, operations, epoch)
      return { status: 200, body: { answers, serverTime: new Date(machine.now).toISOString() } }
    } catch (error) {
      if (error instanceof FieldbackError) return { status: 409, body: { code: error.code } }
      throw error
    }
  }

  async function servePhoto(caller: Caller, { path, body, bytes }: Call) {
    const { pathname, searchParams } = new URL(path, 'https://fieldback.test')
    try {
      const said = bytes
        ? { ...mediaChunk.parse(Object.fromEntries(searchParams)), body: bytes }
        : mediaHead.parse(body)
      return { status: 200, body: await server.photo(caller, pathname.slice(MEDIA.length), said) }
    } catch (error) {
      if (error instanceof FieldbackError) return { status: 409, body: { code: error.code } }
      if (error instanceof ZodError) return { status: 400, body: { code: 'INVALID_INPUT' } }
      throw error
    }
  }

  async function carry(call: Call): Promise<void> {
    const phone = game.phones[call.tab.phone.index]
    const fates = call.path.startsWith(MEDIA) ? phone.photoFates : phone.fates
    const fate = phone.offline ? 'drop' : fates.shift()
    if (fate) reach(fate)
    if (fate === 'drop') return fail(call)
    if (!phone.signedIn) {
      reach('signed_out')
      return call.answer(401, { code: 'UNAUTHENTICATED' })
    }
    bugs.onCall?.(call)
    const caller = callerOf(phone)
    if (fate === 'reorder') {
      late.push({ call, caller })
      return fail(call)
    }
    const { status, body } = await serve(caller, call)
    if (fate === 'duplicate') await serve(caller, call)
    if (fate === 'lost_answer') return fail(call)
    call.answer(status, body)
  }
  const fail = (call: Call): void => {
    if (!bugs.onFailure?.(call)) call.fail()
  }

  /** Until nothing runs and every request has met its fate. */
  async function settle(): Promise<void> {
    for (let carried = 0; ; carried++) {
      if (carried > CALLS_MOST) throw new Error('The phones never stop asking.')
      await quiet()
      if (machine.tasks.length > 0) return
      const call = machine.calls.shift()
      if (!call) break
      await carry(call)
    }
    for (const page of [...pages]) if (isStranger(page) || isTurned(page)) await reload(page)
  }
  /** What app.tsx does: somebody else is signed in here, whose own work is opened. */
  const isStranger = ({ store }: Page): boolean => store?.getState().sync === 'other-person'
  /** What lock/use-standing.ts does, a while later: another page has set the code or taken it away. */
  const isTurned = ({ phone, person, store }: Page): boolean =>
    phone !== locking &&
    store !== null &&
    (store.vault !== undefined) !== phone.device.kept.has(lockFlag(memberOn(phone, person)))
  async function reload(page: Page): Promise<Page> {
    const { phone, tab } = page
    kill(page)
    return openPage(phone, tab.dice)
  }

  async function openPage(phone: Phone, chance: Dice): Promise<Page> {
    const { person } = phone
    const { name } = rep(person)
    const { membershipId } = callerOf(phone)
    bugs.onOpen?.(phone, membershipId)
    const tab = openTab(phone.device, chance)
    const known = new Set(durable(phone.device, membershipId).items.map(({ operation }) => operation.opId))
    const page: Page = { tab, phone, person, store: null, known }
    pages.push(page)
    const identity = { orgId: 'org', membershipId, displayName: name, locale: 'fr' }
    inTab(tab, async () => {
      page.store = await openPhone(identity, phone.device)
      hearTogether(page.store)
      if (hasPhotos) photosOf(page.store)
    }).catch(() => {})
    await settle()
    return page
  }

  function kill(page: Page): void {
    killTab(page.tab)
    pages.splice(pages.indexOf(page), 1)
  }

  /** The page that the person has before him, opened when there is none. */
  async function pageOn(phone: Phone, chance: Dice): Promise<Page> {
    const open = pagesOf(phone)
    if (open.length === 0) return openPage(phone, chance)
    const page = chance.pick(open)
    // It did not open, as where the storage was too full to count the try of a code: its person tries again.
    return page.store ? page : reload(page)
  }

  async function save(
    page: Page,
    wanted: readonly NewOperation[],
    refusable = false,
    draftId?: string,
  ): Promise<void> {
    const { store, phone, person } = page
    if (!store) return
    const told = { kept: null as boolean | null }
    inTab(page.tab, () => store.save(wanted, draftId)).then(
      () => {
        told.kept = true
        note()
      },
      () => {
        told.kept = false
      },
    )
    const note = (): void => {
      const { outbox } = store.getState()
      for (const { body } of wanted) {
        const item = outbox.find(({ operation }) => operation.body === body)
        if (!item) {
          game.broken.push({ wrong: 'lost', text: 'a save that was kept is not in the outbox' })
          continue
        }
        page.known.add(item.operation.opId)
        game.typed.push({ phone, person, operation: asTyped(item.operation), refusable })
      }
      game.saves += 1
      if (draftId) game.drafts.delete(`${phone.device.index} ${person} ${draftId}`)
    }
    await settle()
    if (told.kept === null) game.unsure.push({ phone, person, wanted })
  }

  /** A photo is taken, and a report saved that shows it. */
  async function photo(page: Page, chance: Dice): Promise<void> {
    const { store, tab, phone, person } = page
    if (!store) return
    const jpeg = new Uint8Array(PHOTO_BYTES).fill(chance.roll(256))
    jpeg.set([0xff, 0xd8, 0xff, ...Buffer.from(chance.newId())])
    const file = { width: 4, height: 3, jpeg: jpeg.buffer } satisfies Taken as unknown as Blob
    let id: string | null = null
    inTab(tab, () => photosOf(store).take(file)).then((taken) => {
      if ('id' in taken) id = taken.id
    })
    await settle()
    if (id === null) return
    game.photos.push({ phone, person, id })
    const report = makePhotoReport(store.getState(), server.ground, chance, id)
    if (!report) return
    if (chance.chance(0.5))
      phone.photoFates.push(...Array.from({ length: chance.roll(3) }, () => null), chance.pick(FATES))
    if (chance.chance(0.3)) await cutOff(phone, chance, { tasks: 150, work: () => save(page, [report]) })
    else await save(page, [report])
  }

  async function draft(page: Page, chance: Dice): Promise<void> {
    const { store, phone, person } = page
    const accountId = server.ground.accountIds[0] ?? ''
    if (!store) return
    const kept: Draft = {
      id: `new:${accountId}`,
      accountId,
      kind: 'visit',
      day: TODAY,
      contactId: null,
      newContact: null,
      outcome: null,
      note: `brouillon ${chance.newId().slice(0, 13)}`,
      answers: {},
      proposed: [],
      seconds: {},
      startedAt: '2026-11-20T09:00:00.000Z',
      callback: null,
    }
    inTab(page.tab, () => store.keepDraft(kept)).then(
      () => game.drafts.set(`${phone.device.index} ${person} ${kept.id}`, kept),
      () => {},
    )
    await settle()
  }

  /** Throws away what waits or was set aside, with all that hangs on it, and may take it back at once. */
  async function throwAway(page: Page, chance: Dice): Promise<void> {
    const { store, tab, phone, person } = page
    if (!store) return
    const { outbox } = store.getState()
    const open = outbox.filter(
      ({ state, operation }) => state !== 'accepted' && operation.kind !== 'operation.discard',
    )
    if (open.length === 0) return
    const hanging = withDependents([chance.pick(open)], outbox)
    const change = async (work: (db: OutboxDb) => Promise<void>): Promise<void> => {
      // A storage that is full keeps all as it was.
      inTab(tab, () => changeTogether(store, work)).catch(() => {})
      await settle()
    }
    await change((db) => discard(db, hanging))
    // Taken back after what followed on the same entity, it would say that last.
    const followed = outbox.some(
      (item) =>
        !hanging.includes(item) &&
        hanging.some(
          ({ place, operation }) => place < item.place && operation.entityId === item.operation.entityId,
        ),
    )
    if (followed || chance.chance(0.5)) return
    await change((db) => takeBack(db, hanging, newId))
    const { items } = durable(phone.device, memberOn(phone, person))
    for (const [at, typed] of game.typed.entries()) {
      const { opId, entityId, body } = typed.operation
      const held = items.find(({ operation }) => operation.opId === opId)
      if (held?.operation.kind !== 'operation.discard' || held.discarded) continue
      const again = items.findLast(
        ({ operation }) => operation.entityId === entityId && same(operation.body, body),
      )
      if (!again) continue
      game.typed[at] = { ...typed, operation: asTyped(again.operation), before: opId }
      page.known.add(again.operation.opId)
    }
  }

  async function elapse(time: number): Promise<void> {
    const end = machine.now + time
    for (;;) {
      const due = pages.flatMap(({ tab }) => tab.timers.map(({ at }) => at)).filter((at) => at <= end)
      if (due.length === 0) break
      machine.now = Math.max(machine.now, Math.min(...due))
      fireTimers(pages.map(({ tab }) => tab))
      await settle()
    }
    machine.now = end
  }

  /** Until every page has sent and fetched and nothing waits any more; in vain, longer than phones ever pause between tries. */
  async function rest(): Promise<void> {
    const atRest = (page: Page): boolean =>
      page.store?.getState().sync === 'idle' &&
      durable(page.phone.device, memberOn(page.phone, page.person)).items.every(
        ({ state }) => state !== 'phone',
      )
    for (let waited = 0; waited < 3 * PAUSE_MOST && !pages.every(atRest); waited += MINUTE)
      await elapse(MINUTE)
  }

  const syncNow = async (page: Page): Promise<void> => {
    const { store } = page
    if (store) inTab(page.tab, () => store.sync())
    await settle()
  }

  async function crash(phone: Phone, chance: Dice): Promise<void> {
    const page = await pageOn(phone, chance)
    const { store } = page
    const work = () =>
      store && chance.chance(0.5)
        ? save(page, makeSave(store.getState(), server.ground, chance))
        : syncNow(page)
    await cutOff(phone, chance, { tasks: 80, work })
  }

  /** All pages of a phone are gone, at some point of what one of them does. */
  async function cutOff(
    phone: Phone,
    chance: Dice,
    { tasks, work }: { readonly tasks: number; readonly work: () => Promise<void> },
  ): Promise<void> {
    machine.budget = chance.roll(tasks)
    await work()
    for (const open of pagesOf(phone)) kill(open)
    machine.budget = Number.POSITIVE_INFINITY
    await quiet()
    reach('crash')
    settleUnsure()
    await openPage(phone, chance)
  }

  /** What a crash left of saves that nobody was told of. */
  function settleUnsure(): void {
    for (const { phone, person, wanted } of game.unsure.splice(0)) {
      const { items } = durable(phone.device, memberOn(phone, person))
      const found = wanted.flatMap((one) => {
        const item = items.find(
          ({ operation }) => operation.entityId === one.entityId && same(operation.body, one.body),
        )
        return item ? [item.operation] : []
      })
      if (found.length !== 0 && found.length !== wanted.length)
        game.broken.push({ wrong: 'lost', text: 'half of a save was kept' })
      for (const operation of found)
        game.typed.push({ phone, person, operation: asTyped(operation), refusable: false })
    }
  }

  async function desk(chance: Dice): Promise<void> {
    const { ground } = server
    const accountId = chance.pick(ground.accountIds)
    reach('desk_work')
    switch (chance.roll(4)) {
      case 0: {
        const truth = await server.truth()
        const to = truth.accounts.get(accountId)?.territoryId === ground.home ? ground.elsewhere : ground.home
        game.touched.add(accountId)
        return server.desk({ do: 'move', accountId, to })
      }
      case 1: {
        const truth = await server.truth()
        const ids = [...truth.contacts.keys()].sort()
        const contactId = ids.length > 0 ? chance.pick(ids) : ''
        game.touched.add(contactId)
        return contactId ? server.desk({ do: 'delete-contact', contactId }) : undefined
      }
      default: {
        const correction = {
          opId: chance.newId(),
          entityId: accountId,
          seq: 1,
          base: 0,
          capturedAt: new Date(machine.now).toISOString(),
          clockOffset: 0,
          kind: 'account.update',
          body: { city: `bureau ${chance.newId().slice(0, 13)}` },
        } as const
        await server.push(ground.manager, [correction], null)
      }
    }
  }

  /**
   * The person puts his phone under a code, or lets it lock and opens it again, with wrong codes before or with another
   * code since he forgot his own; or takes the code away. A phone may be cut off while what lies on it is changed over,
   * and a page that was open beside may still save.
   */
  async function lock(page: Page, chance: Dice): Promise<void> {
    const { phone, tab, store } = page
    const { membershipId } = callerOf(phone)
    // Another person's page, about to be replaced.
    if (!store || page.person !== phone.person) return
    reach('lock')
    const code = `code ${chance.newId()}`
    if (store.vault === undefined || chance.chance(0.3)) {
      const isSet = store.vault === undefined
      locking = phone
      if (chance.chance(0.4)) machine.budget = chance.roll(120)
      const work = isSet ? () => setCode(store, phone.device, code) : () => takeCodeAway(store, phone.device)
      inTab(tab, work).catch(() => {})
      await settle()
      const beside = pagesOf(phone).find((open) => open !== page)
      if (beside?.store && machine.tasks.length === 0)
        await save(beside, makeSave(beside.store.getState(), server.ground, chance))
      if (isSet) bugs.onLock?.(phone, membershipId)
    }
    for (const open of pagesOf(phone)) kill(open)
    locking = null
    machine.budget = Number.POSITIVE_INFINITY
    await quiet()
    settleUnsure()
    const hand = openTab(phone.device, chance)
    const isForgotten = chance.chance(0.3) && !phone.offline
    await inHand(hand, isForgotten, { membershipId, code })
    killTab(hand)
    await quiet()
    if (isForgotten) bugs.onForgotten?.(phone, membershipId)
    await openPage(phone, chance)
  }

  /** Before the code is given: wrong ones, or the way of who forgot it. */
  async function inHand(
    tab: Tab,
    isForgotten: boolean,
    { membershipId, code }: { readonly membershipId: string; readonly code: string },
  ): Promise<void> {
    const phone = game.phones[tab.phone.index]
    if (!tab.phone.kept.has(lockFlag(membershipId))) return
    if (isForgotten) phone.signedIn = true
    const work = isForgotten ? () => forgetCode(membershipId, tab.phone, code) : () => tryWrong(membershipId)
    inTab(tab, work).catch(() => {})
    await settle()
  }

  /** A manager files something that was put aside, or gives it back; its author looks at what became of his work. */
  async function settleAside(page: Page, chance: Dice): Promise<void> {
    const { aside } = await server.truth()
    const isTyped = (opId: string | null): boolean =>
      game.typed.some(({ operation }) => operation.opId === opId && operation.kind === 'report.create')
    const open = aside.filter(({ opId, settled }) => settled === null && isTyped(opId))
    if (open.length > 0) {
      const { itemId } = chance.pick(open)
      const accountId = chance.pick(server.ground.accountIds)
      reach('settlement')
      await server.desk(chance.chance(0.6) ? { do: 'file', itemId, accountId } : { do: 'give-back', itemId })
    }
    if (chance.chance(0.7)) await hear(page)
  }

  /** What the screen of the outbox does when it is opened. */
  async function hear({ store, tab }: Page): Promise<void> {
    if (store) inTab(tab, () => hearSettled(store)).catch(() => {})
    await settle()
  }

  async function step({ do: what, phone: index, dice: seed }: Step): Promise<void> {
    const chance = dice(seed)
    const phone = game.phones[index]
    if (what === 'backup') {
      game.restore = await server.backUp()
      return
    }
    const page = await pageOn(phone, chance)
    page.tab.dice = chance
    if (index === 1) reach('two_devices')
    if (late.length > 0 && chance.chance(0.4)) await arriveLate()
    if (phone.device.room !== null && chance.chance(0.4)) phone.device.room = null
    if (phone.offline && chance.chance(0.15)) phone.offline = false
    if (!phone.signedIn && chance.chance(0.2)) phone.signedIn = true
    const state = page.store?.getState()
    switch (what) {
      case 'save': {
        if (!state) return
        const draftId = [...state.drafts.keys()][0]
        return save(
          page,
          makeSave(state, server.ground, chance),
          false,
          chance.chance(0.3) ? draftId : undefined,
        )
      }
      case 'draft':
        return draft(page, chance)
      case 'photo':
        return photo(page, chance)
      case 'throw':
        return throwAway(page, chance)
      case 'wait':
        return elapse(chance.pick([5_000, 30_000, 2 * MINUTE]))
      case 'online':
        phone.offline = false
        dispatch(page.tab, chance.pick(['online', 'visibilitychange']))
        return settle()
      case 'sync':
        return syncNow(page)
      case 'two_devices':
        return syncNow(await pageOn(game.phones[1], chance))
      case 'two_tabs':
        if (pagesOf(phone).length > 1) kill(chance.pick(pagesOf(phone)))
        else await openPage(phone, chance)
        reach('two_tabs')
        return settle()
      case 'drop':
        phone.offline = chance.chance(0.5)
        phone.fates.push('drop')
        return syncNow(page)
      case 'lost_answer':
      case 'duplicate':
      case 'reorder':
        phone.fates.push(...Array.from({ length: 1 + chance.roll(2) }, () => what))
        return state ? save(page, makeSave(state, server.ground, chance)) : undefined
      case 'crash':
        return crash(phone, chance)
      case 'clock_jump':
        phone.device.skew += chance.pick([-70 * 24, -48, -2, 2, 48, 70 * 24]) * 60 * MINUTE
        reach('clock_jump')
        return syncNow(page)
      case 'quota':
        phone.device.room = chance.roll(4)
        reach('quota')
        return state ? save(page, makeSave(state, server.ground, chance)) : undefined
      case 'schema_upgrade': {
        for (const open of pagesOf(phone)) kill(open)
        await quiet()
        await upgradeDatabases(
          phone.device,
          server.ground.reps.map(({ callers }) => callers[phone.device.index].membershipId),
        )
        bugs.onUpgrade?.(phone, callerOf(phone).membershipId)
        reach('schema_upgrade')
        await openPage(phone, chance)
        return
      }
      case 'user_switch':
        bugs.onSwitch?.(phone, callerOf(phone).membershipId)
        phone.person = phone.person === 0 ? 1 : 0
        phone.signedIn = true
        reach('user_switch')
        await syncNow(page)
        // Who has the phone in hand opens the application, whatever the network said.
        if (pagesOf(phone).some(({ person }) => person !== phone.person)) {
          for (const open of pagesOf(phone)) kill(open)
          await openPage(phone, chance)
        }
        return
      case 'rejection':
        reach('rejection')
        return state ? save(page, makeRefused(state, server.ground, chance), true) : undefined
      case 'field_change':
        reach('field_change')
        return server.desk({ do: 'publish' })
      case 'desk_work':
        return desk(chance)
      case 'slow_writer': {
        reach('slow_writer')
        const held = chance.chance(0.6)
        game.slow ||= held
        return server.desk({ do: held ? 'hold' : 'release' })
      }
      case 'signed_out':
        phone.signedIn = false
        return syncNow(page)
      case 'lock':
        return lock(page, chance)
      case 'settlement':
        if (state && chance.chance(0.5)) await save(page, makeRefused(state, server.ground, chance), true)
        return settleAside(page, chance)
    }
  }

  async function arriveLate(): Promise<void> {
    for (const { call, caller } of late.splice(0)) await serve(caller, call)
  }

  /** The network is back, nothing is in the way any more, and time alone passes. */
  async function finish(real: Server): Promise<Wrong[]> {
    await arriveLate()
    for (const phone of game.phones) {
      phone.fates.length = 0
      phone.photoFates.length = 0
      Object.assign(phone, { offline: false, signedIn: true })
      phone.device.room = null
    }
    game.slow = false
    await server.settled()
    for (const page of [...pages]) if (!page.store) await reload(page)
    await rest()
    await sendAll()
    const wrong = [...game.broken, ...(await judgeAll(real))]
    if (wrong.length > 0 || !game.restore) return wrong
    await game.restore()
    reach('restored_backup')
    for (const phone of game.phones) phone.offline = false
    await sendAll()
    return [...game.broken, ...(await judgeAll(real))]
  }

  /** Each person with work on a phone opens it there, until nothing waits and everybody is told of everything. */
  async function sendAll(): Promise<void> {
    for (const phone of game.phones)
      for (const person of [phone.person, phone.person === 0 ? 1 : 0] as const) {
        if (!game.typed.some((typed) => typed.phone === phone && typed.person === person)) continue
        if (phone.person !== person || pagesOf(phone).length === 0) {
          phone.person = person
          for (const open of pagesOf(phone)) kill(open)
          await openPage(phone, dice(1))
        }
        await rest()
        for (const page of pagesOf(phone)) await hear(page)
      }
    await server.settled()
    await elapse(TWO_TURNS)
  }

  /** As it stands, and as it stands when it is opened without a network. */
  async function judgeAll(real: Server): Promise<Wrong[]> {
    const truth = await real.truth()
    const wrong = [...judge(game, truth), ...judgeEnd(game, truth)]
    for (const page of [...pages]) {
      page.phone.offline = true
      await reload(page)
    }
    return [...wrong, ...judge(game, truth), ...judgeEnd(game, truth)]
  }

  return { openPage, step, finish, kill }
}

/** What was typed is remembered apart from what the code goes on with. */
const asTyped = (operation: Operation): Operation =>
  Object.freeze(JSON.parse(JSON.stringify(operation)) as Operation)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
