import type { LocalRows } from '@fieldback/domain/giveback/local-rows'
import type { Opinions } from '@fieldback/domain/giveback/opinion'
import type { Contests, Frame, PullPage, ReturnPack } from '@fieldback/domain/sync/pull'
import { type Runner, type SyncTarget, startRunner } from '../sync/runner.ts'
import type { SyncState } from '../sync/sync-state.ts'
import { accountOf } from './account-of.ts'
import { arrivedBy } from './arrived.ts'
import { type CacheRows, clockOffset, readAll, readMeta, withPage, writePage } from './cache.ts'
import {
  type CacheDb,
  type CacheMeta,
  type ForeseenDay,
  isEarlierKept,
  type OutboxDb,
  openDatabases,
  PHOTOS,
  SIGNED_OUT,
} from './databases.ts'
import type { Draft } from './draft.ts'
import type { Identity } from './identity.ts'
import { newId } from './new-id.ts'
import {
  letGo,
  type NewOperation,
  noteAnswers,
  noteArrived,
  noteLeft,
  readOutbox,
  saveOperations,
  sendAgain,
} from './outbox.ts'
import type { OutboxItem } from './outbox-item.ts'
import { overlay } from './overlay.ts'
import { readDay } from './read-day.ts'
import { readRows } from './read-rows.ts'
import type { Vault } from './vault.ts'

/** All that screens read; a new object at each change. */
export type PhoneState = {
  readonly identity: Identity
  readonly rows: CacheRows
  readonly frame: Frame
  readonly pack: ReturnPack
  readonly contests: Contests
  readonly opinions: Opinions
  /** The reader's own territories. */
  readonly territoryIds: readonly string[]
  readonly outbox: readonly OutboxItem[]
  readonly drafts: ReadonlyMap<string, Draft>
  readonly sync: SyncState
  /** Photos that have not left, as they were last looked at (media/photos.ts). */
  readonly photosWaiting: number
  /** Whether a first load has ever been finished on this phone. */
  readonly complete: boolean
  /** How many rows the first load brings, about; null while nobody knows, and when it is one page. */
  readonly total: number | null
  /** Whether all that the phone holds has been read: until then, the day's rows alone are here. */
  readonly whole: boolean
  /** Until then, what answers ask of the day's accounts, where it was foreseen. */
  readonly foreseen?: ForeseenDay | undefined
  readonly pulledAt: string | null
}

export type PhoneStore = {
  /** Of a phone that is locked: what lies on it passes through. */
  readonly vault: Vault | undefined
  readonly cache: CacheDb
  getState(): PhoneState
  subscribe(listener: () => void): () => void
  /**
   * Keeps operations on the phone, strictly durable, and sends them when it can. Rejects when they were not kept. `onKept`
   * comes before the screens hear of it: a screen that it leaves is not drawn once more.
   */
  save(operations: readonly NewOperation[], draftId?: string, onKept?: () => void): Promise<void>
  /** What a screen does to the outbox besides saving; what it did is shown, and sent when it can be. */
  change(work: (outbox: OutboxDb) => Promise<unknown>): Promise<void>
  keepDraft(draft: Draft): Promise<void>
  dropDraft(id: string): Promise<void>
  notePhotosWaiting(count: number): void
  /** Kept once all that the phone holds has been read. */
  readonly whole: Promise<void>
  /** Sends and fetches now. */
  sync(): void
  close(): void
}

const EMPTY_FRAME: Frame = { territories: [], fields: [], pastFields: [] }
const NO_CONTESTS: Contests = { mine: [], fields: [] }
const NO_OPINIONS: Opinions = { returns: [], insights: [] }
const EMPTY_PACK: ReturnPack = { asOf: '', distributions: [], activity: [], ledger: [] }

/** A page that brings nothing: most of them. Screens need not be drawn again for it. */
const isIdle = (page: PullPage): boolean =>
  !page.reset &&
  !page.more &&
  page.frame === null &&
  page.pack === null &&
  !page.contests &&
  !page.opinions &&
  !page.lists?.length &&
  !page.keptFrom &&
  [page.accounts, page.contacts, page.reports, page.callbacks, page.left, page.gone ?? []].every(
    (rows) => rows.length === 0,
  )

export type Opening = {
  /** The day that is drawn first. */
  readonly today: string
  /** Kept once it is on the screen. */
  readonly drawn: Promise<void>
  /** Of a locked phone, once its code was given. */
  readonly vault?: Vault | undefined
}

/**
 * Opens what this phone holds for one person: first what the day is drawn from; once that is `drawn`, the rest. Then
 * starts exchanging with the server, whose `first` page it may have. Rejects when its person signed out, and where a code
 * is needed that was not given (lock/shut.tsx says which).
 */
export async function openStore(
  identity: Identity,
  first: PullPage | null,
  { today, drawn, vault }: Opening,
): Promise<PhoneStore> {
  const { membershipId } = identity
  const { cache, outbox } = await openDatabases(membershipId, vault)
  // The cursor before the rows: what another tab writes meanwhile is then told again, not missed.
  let [meta, items, kept, left, photosWaiting = 0] = await Promise.all([
    readMeta(cache),
    readOutbox(outbox),
    outbox.getAll('drafts'),
    outbox.get('sequence', SIGNED_OUT),
    outbox.get('sequence', PHOTOS),
  ])
  if (left) {
    if (!first) throw new Error('Signed out.')
    await outbox.delete('sequence', SIGNED_OUT)
  }
  if (vault) kept = await Promise.all(kept.map(vault.openDraft))
  else if (kept.some((draft) => 'sealed' in draft)) throw new Error('Locked.')
  if (meta === null && (await isEarlierKept(membershipId))) {
    const { takeOver } = await import('./earlier-cache.ts')
    // What cannot be taken over comes from the server.
    await takeOver(cache, membershipId).catch(() => {})
    meta = await readMeta(cache)
  }
  const day = meta?.complete ? await readDay(cache, items, today, identity.membershipId) : null
  let cacheRows = day?.rows ?? (await readAll(cache))
  let whole = day === null
  const listeners = new Set<() => void>()
  const author = { membershipId: identity.membershipId, displayName: identity.displayName }
  const drafts = new Map(kept.map((draft) => [draft.id, draft]))
  let sync: SyncState = 'idle'
  let state = build()

  function build(): PhoneState {
    return {
      identity,
      rows: readRows(
        overlay(cacheRows, whole ? items : items.filter(({ arrived }) => !arrived), author),
        meta?.frame ?? EMPTY_FRAME,
      ),
      frame: meta?.frame ?? EMPTY_FRAME,
      pack: meta?.pack ?? EMPTY_PACK,
      contests: meta?.contests?.held ?? NO_CONTESTS,
      opinions: meta?.opinions?.held ?? NO_OPINIONS,
      territoryIds: meta?.territoryIds ?? [],
      outbox: items,
      drafts: new Map(drafts),
      sync,
      photosWaiting,
      complete: meta?.complete ?? false,
      total: meta?.total ?? null,
      whole,
      foreseen: whole ? undefined : day?.foreseen,
      pulledAt: meta?.pulledAt ?? null,
    }
  }
  const replaceItems = (noted: readonly OutboxItem[]): void => {
    const byPlace = new Map(noted.map((item) => [item.place, item]))
    items = items.map((item) => byPlace.get(item.place) ?? item)
  }
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const changed = (): void => {
    state = build()
    tell()
  }

  /** What another tab saved or was told, which may be closed by now; whether there was any. */
  const readAnew = async (): Promise<boolean> => {
    const read = await readOutbox(outbox)
    const last = read.at(-1)?.place ?? 0
    const known = new Map(items.map((item) => [item.place, item.state]))
    items = [...read, ...items.filter(({ place }) => place > last)]
    return read.some(({ place, state }) => known.get(place) !== state)
  }

  const target: SyncTarget = {
    membershipId: identity.membershipId,
    async pending() {
      if (await readAnew()) changed()
      return items.filter((item) => item.state === 'phone')
    },
    meta: () => meta,
    async answered(sent, result) {
      replaceItems(await noteAnswers(outbox, sent, result.answers, result.serverTime))
      changed()
    },
    async pulled(page) {
      if (items.length > 0 && isRestored(page, meta)) {
        replaceItems(
          await sendAgain(
            outbox,
            items.filter((item) => item.state !== 'phone'),
          ),
        )
        // Even when all of it waits already: a phone cut off here before has marked it, and sent nothing.
        runner?.kick()
      }
      // Once a day, by the server's clock, which dated the answers.
      if (page.serverTime.slice(0, 10) !== meta?.pulledAt.slice(0, 10))
        // A storage that is full keeps it until the next day.
        await letGo(outbox, new Date(page.serverTime)).catch(() => {})
      // First the outbox: an account that left must not come back from it, whenever the phone is cut off.
      replaceItems(await noteLeft(outbox, leftBy(page, items, state.rows)))
      const written = await writePage(cache, page)
      if (!isIdle(page)) cacheRows = withPage(cacheRows, page)
      replaceItems(await noteArrived(outbox, arrivedBy(cacheRows, items)))
      if (isIdle(page) && meta) {
        meta = {
          ...meta,
          cursor: page.cursor,
          frameTag: page.frameTag,
          pulledAt: page.serverTime,
          clockOffset: clockOffset(page),
          complete: true,
        }
        return
      }
      meta = written
      changed()
    },
    state(next) {
      if (next === sync) return
      sync = next
      state = { ...state, sync }
      tell()
    },
  }
  let keeping = Promise.resolve()
  const putDraft = async (draft: Draft): Promise<void> => {
    const lying = vault ? await vault.closeDraft(draft) : draft
    // Dropped or typed on meanwhile.
    if (drafts.get(draft.id) === draft) await outbox.put('drafts', lying)
  }
  let runner: Runner | null = null
  let closed = false
  const readWhole = async (): Promise<void> => {
    if (!whole) {
      await drawn
      cacheRows = await readAll(cache)
      whole = true
      changed()
    }
    if (!closed) runner = startRunner(target, first)
  }
  const reading = readWhole()
  // Told to whoever waits for it; Today stands without.
  reading.catch(() => {})

  return {
    vault,
    cache,
    whole: reading,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async save(operations, draftId, onKept) {
      // A draft that is being closed must not come after what was made of it.
      await keeping.catch(() => {})
      const saved = await saveOperations(
        outbox,
        operations,
        { newId, now: () => new Date(), clockOffset: meta?.clockOffset ?? 0 },
        draftId ?? null,
      )
      // Another page's word may have had them read already.
      items = [...items.filter(({ place }) => saved.every((item) => item.place !== place)), ...saved]
      if (draftId) drafts.delete(draftId)
      state = build()
      onKept?.()
      tell()
      runner?.kick()
    },
    async change(work) {
      await work(outbox)
      await readAnew()
      changed()
      runner?.kick()
    },
    async keepDraft(draft) {
      drafts.set(draft.id, draft)
      keeping = putDraft(draft)
      await keeping
      state = { ...state, drafts: new Map(drafts) }
    },
    async dropDraft(id) {
      drafts.delete(id)
      await outbox.delete('drafts', id)
      changed()
    },
    notePhotosWaiting(count) {
      if (count === photosWaiting) return
      photosWaiting = count
      // Else the next opening finds out later.
      outbox.put('sequence', count, PHOTOS).catch(() => {})
      changed()
    },
    sync: () => runner?.kick(),
    close() {
      closed = true
      runner?.stop()
      cache.close()
      outbox.close()
    },
  }
}

/** The data is not that which this cache was filled from: a backup was restored, and may lack what this phone sent. */
const isRestored = (page: PullPage, meta: CacheMeta | null): boolean =>
  page.reset && page.epoch !== meta?.epoch

/**
 * Accepted work that the reader has no more: on an account that left or a contact that was deleted, or all when the
 * server starts over.
 */
const leftBy = (page: PullPage, items: readonly OutboxItem[], rows: CacheRows): OutboxItem[] => {
  const gone = new Set([...page.left, ...(page.gone ?? [])])
  if (!page.reset && gone.size === 0) return []
  return items.filter((item) => {
    if (item.state !== 'accepted' || item.left) return false
    const { operation } = item
    return page.reset || gone.has(operation.entityId) || gone.has(accountOf(operation, rows, items) ?? '')
  })
}

/** The rows in the shape that domain rules read. */
export const localRows = (state: PhoneState): LocalRows => ({
  territories: state.frame.territories,
  accounts: [...state.rows.accounts.values()],
  contacts: [...state.rows.contacts.values()],
  reports: [...state.rows.reports.values()],
  past: state.frame.pastFields,
})
