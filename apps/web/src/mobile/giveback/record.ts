'use client'
import type { ReturnDeed } from '@fieldback/domain/analytics/fact'
import type { GivebackKind } from '@fieldback/domain/field/field-spec'
import { useCallback, useEffect, useMemo } from 'react'
import { newId } from '../data/new-id.ts'
import type { NewOperation } from '../data/outbox.ts'
import type { PhoneStore } from '../data/store.ts'
import { todayHere, usePhone } from '../phone.tsx'

/** A return that reached its reader. `accountId` null: it is about the whole sector. */
export type Reached = {
  readonly fieldId: string
  readonly kind: GivebackKind
  readonly accountId: string | null
}

/** Looking from card to card makes one save, not one a card: each save sends, fetches and draws again. */
const GATHER_MS = 20_000

type Noted = { readonly day: string; readonly keys: readonly string[] }

const storageKey = (membershipId: string): string => `fieldback.reached.${membershipId}`

/** What was noted today; yesterday's list has no use. A phone that refuses the storage notes more often, no harm. */
function notedToday(membershipId: string, day: string): Set<string> {
  try {
    const noted = JSON.parse(localStorage.getItem(storageKey(membershipId)) ?? 'null') as Noted | null
    return new Set(noted?.day === day ? noted.keys : [])
  } catch {
    return new Set()
  }
}

function keepNoted(membershipId: string, noted: Noted): void {
  try {
    localStorage.setItem(storageKey(membershipId), JSON.stringify(noted))
  } catch {
    // Only spares repetition.
  }
}

export type Recorder = { note(reached: readonly Reached[], done: ReturnDeed): void; flush(): void }

/**
 * Feeds the ledger: each return at most once a field, kind, account and day for each of what becomes of it, as the server
 * counts them too. Silent: a note that cannot be saved is lost without a word, it is nobody's work.
 */
export function openRecorder(store: PhoneStore, today = todayHere): Recorder {
  const { membershipId } = store.getState().identity
  let waiting: NewOperation[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const operations = waiting
    waiting = []
    if (operations.length > 0) void store.save(operations).catch(() => {})
  }
  return {
    flush,
    note(reached, done) {
      const day = today()
      const noted = notedToday(membershipId, day)
      const before = noted.size
      for (const { fieldId, kind, accountId } of reached) {
        const key = `${done}/${kind}/${fieldId}/${accountId ?? ''}`
        if (noted.has(key)) continue
        noted.add(key)
        const body = { fieldId, kind, used: done !== 'shown', done, about: accountId }
        waiting.push({ kind: 'giveback.record', entityId: newId(), base: 0, body })
      }
      if (noted.size === before) return
      keepNoted(membershipId, { day, keys: [...noted] })
      timer ??= setTimeout(flush, GATHER_MS)
    },
  }
}

const recorders = new WeakMap<PhoneStore, Recorder>()

function recorderOf(store: PhoneStore): Recorder {
  const known = recorders.get(store)
  if (known) return known
  const made = openRecorder(store)
  recorders.set(store, made)
  // Put away before the phone may forget the page.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') made.flush()
  })
  return made
}

/** Notes that these returns are on screen. */
export function useShown(reached: readonly Reached[]): void {
  const { store } = usePhone()
  const key = reached.map(({ fieldId, kind, accountId }) => `${fieldId}/${kind}/${accountId}`).join(',')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the list holds.
  const list = useMemo(() => reached, [key])
  useEffect(() => {
    if (list.length > 0) recorderOf(store).note(list, 'shown')
  }, [store, list])
}

/** Notes that a return was opened, or that something was done from it. */
export function useUsed(): (reached: Reached, done?: ReturnDeed) => void {
  const { store } = usePhone()
  return useCallback((reached, done = 'opened') => recorderOf(store).note([reached], done), [store])
}

/** The same, outside a component. */
export const recordGivebacks = (store: PhoneStore, reached: readonly Reached[], done: ReturnDeed): void =>
  recorderOf(store).note(reached, done)
